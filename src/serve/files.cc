// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "serve/guard.h"

namespace tome {
namespace {

struct FileType {
  std::string_view extension;
  std::string_view type;
  bool shown;  // by the browser; else saved
};

constexpr std::array<FileType, 13> kTypes = {{
    {"pdf", "application/pdf", true},
    {"txt", "text/plain; charset=utf-8", true},
    {"md", "text/plain; charset=utf-8", true},
    {"rst", "text/plain; charset=utf-8", true},
    {"adoc", "text/plain; charset=utf-8", true},
    {"org", "text/plain; charset=utf-8", true},
    {"tex", "text/plain; charset=utf-8", true},
    {"epub", "application/epub+zip", false},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false},
    {"odt", "application/vnd.oasis.opendocument.text", false},
    {"rtf", "application/rtf", false},
    {"ipynb", "application/x-ipynb+json", false},
    {"gz", "application/gzip", false},
}};
constexpr FileType kOther{"", "application/octet-stream", false};

std::string extension_of(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  if (dot == path.npos || path.find('/', dot) != path.npos) return {};
  std::string out(path.substr(dot + 1));
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

const FileType& type_of(std::string_view path) {
  const std::string extension = extension_of(path);
  for (const FileType& type : kTypes) {
    if (type.extension == extension) return type;
  }
  return kOther;
}

// Opens `path` below `root` step by step, so that no link leads out of it; -1 when that fails.
int open_below(const std::string& root, std::string_view path) {
  constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  std::error_code code;
  if (std::filesystem::is_regular_file(root, code)) return ::open(root.c_str(), kFlags);
  int folder = ::open(root.c_str(), O_RDONLY | O_CLOEXEC | O_DIRECTORY);
  while (folder >= 0) {
    const std::size_t slash = path.find('/');
    const std::string name(path.substr(0, slash));
    const bool last = slash == path.npos;
    int next = -1;
    if (!name.empty() && name != "." && name != "..") {
      next = ::openat(folder, name.c_str(), last ? kFlags : kFlags | O_DIRECTORY);
    }
    ::close(folder);
    if (last) return next;
    folder = next;
    path.remove_prefix(slash + 1);
  }
  return -1;
}

// The name for saving: ASCII as it is, the rest percent-encoded (RFC 8187).
std::string disposition(std::string_view path, bool shown) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  const std::string_view name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  std::string out = shown ? "inline; filename*=UTF-8''" : "attachment; filename*=UTF-8''";
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_';
    if (plain) {
      out += c;
    } else {
      out += '%';
      out += kDigits[static_cast<unsigned char>(c) >> 4];
      out += kDigits[static_cast<unsigned char>(c) & 15];
    }
  }
  return out;
}

Response no_file(std::string message) {
  return error_response(404, {Code::kNotFound, std::move(message), "", ""});
}

}  // namespace

Response file_response(const Contents& contents, std::string_view source) {
  const auto found = contents.sources.find(std::string(source));
  if (found == contents.sources.end()) return no_file("no indexed file has this ID");
  const SourceView& served = found->second;
  const int descriptor = open_below(served.folder, served.path);
  struct stat st {};
  if (descriptor < 0 || ::fstat(descriptor, &st) != 0 || !S_ISREG(st.st_mode)) {
    if (descriptor >= 0) ::close(descriptor);
    return no_file("the file is not there any more");
  }
  const FileType& type = type_of(served.path);
  Response response;
  response.type = type.type;
  response.file = std::make_shared<OpenFile>(descriptor, static_cast<std::uint64_t>(st.st_size));
  response.headers = {
      {"Content-Disposition", disposition(served.path, type.shown)},
      // A browser's own PDF viewer does not run in a sandbox; the file itself cannot run there.
      {"Content-Security-Policy", type.type == "application/pdf"
                                      ? "default-src 'none'; style-src 'unsafe-inline'; "
                                        "object-src 'self'; frame-ancestors 'none'"
                                      : "default-src 'none'; sandbox; frame-ancestors 'none'"},
  };
  return response;
}

}  // namespace tome
