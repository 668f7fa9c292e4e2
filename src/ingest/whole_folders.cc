// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/whole_folders.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <set>

#include "extract/front_matter.h"
#include "store/files.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kLargest = 1u << 20;

// [book] title, authors, language, src: the keys of mdBook's configuration.
Result<WorkInfo> parse_book_toml(std::string_view text, std::string& source) {
  try {
    const toml::table table = toml::parse(text);
    const auto book = table["book"];
    WorkInfo info;
    info.kind = Kind::kBook;
    info.title = book["title"].value_or(std::string());
    info.language = book["language"].value_or(std::string());
    source = book["src"].value_or(std::string("src"));
    if (const toml::array* authors = book["authors"].as_array()) {
      for (const toml::node& author : *authors) {
        info.authors.push_back(author.value_or(std::string()));
      }
    }
    if (info.title.empty()) return Error{Code::kUsage, "book.toml names no title", "", ""};
    return info;
  } catch (const toml::parse_error& error) {
    return Error{Code::kUsage, fmt::format("book.toml is not TOML: {}", error.description()), "",
                 ""};
  }
}

std::string join(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + "/" + name;
}

// "a/./src/" -> "a/src", "." -> "".
std::string clean(const std::string& folder) {
  std::string path = fs::path(folder).lexically_normal().generic_string();
  while (path.ends_with('/')) path.pop_back();
  return path == "." ? std::string() : path;
}

}  // namespace

bool is_whole_file(const std::string& path) {
  const std::string name = fs::path(path).filename().string();
  return name == "work.yaml" || name == "book.toml";
}

std::vector<WholeFolder> find_whole_folders(const fs::path& base,
                                            const std::vector<WholeMember>& members,
                                            std::vector<Error>& warnings) {
  std::set<std::string> folders;
  for (const WholeMember& member : members) {
    std::string folder(member.path);
    while (!folder.empty()) {
      const std::size_t slash = folder.rfind('/');
      folder.resize(slash == std::string::npos ? 0 : slash);
      if (!folders.insert(folder).second) break;
    }
  }
  std::vector<WholeFolder> out;
  for (const std::string& folder : folders) {
    const auto warn = [&](const Error& error, const fs::path& path) {
      warnings.push_back({error.code, error.message, error.hint, path.string()});
    };
    const fs::path work = base / join(folder, "work.yaml");
    if (Result<std::string> text = read_file(work, kLargest); text.ok()) {
      Result<WorkInfo> info = parse_work_yaml(*text);
      if (!info) {
        warn(info.error(), work);
      } else if (info->title.empty()) {
        warn(Error{Code::kUsage, "work.yaml names no title", "add: title: ...", ""}, work);
      } else {
        out.push_back({folder, *info, false, Origin::kFrontMatter});
      }
      continue;
    }
    const fs::path book = base / join(folder, "book.toml");
    if (Result<std::string> text = read_file(book, kLargest); text.ok()) {
      std::string source;
      Result<WorkInfo> info = parse_book_toml(*text, source);
      if (!info) {
        warn(info.error(), book);
      } else {
        out.push_back({clean(join(folder, source)), *info, true, Origin::kFrontMatter});
      }
    }
  }
  return out;
}

}  // namespace tome
