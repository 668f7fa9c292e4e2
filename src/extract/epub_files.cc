// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/epub_files.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "extract/tags.h"
#include "text/text.h"

namespace tome::epub {
namespace {

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0) {
      out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

// "http:", "mailto:": letters up to a colon before any slash.
bool has_scheme(std::string_view href) {
  const std::size_t colon = href.find(':');
  return colon != std::string_view::npos && colon > 1 &&
         href.substr(0, colon).find_first_of("/?#%. ") == std::string_view::npos;
}

// Without "." and ".."; empty when it goes above the root.
std::string normal_path(std::string_view path) {
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    if (part == "..") {
      if (parts.empty()) return "";
      parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  std::string out;
  for (const std::string_view part : parts) {
    if (!out.empty()) out += '/';
    out += part;
  }
  return out;
}

}  // namespace

Target resolve(std::string_view base, std::string_view href) {
  Target target;
  const std::string link = squeeze(href);
  std::string_view path = link;
  if (has_scheme(path)) return {};
  if (const std::size_t hash = path.find('#'); hash != std::string_view::npos) {
    target.fragment = percent_decode(path.substr(hash + 1));
    path = path.substr(0, hash);
  }
  path = path.substr(0, path.find('?'));
  if (path.empty()) {
    target.path = base;
  } else if (path.front() == '/') {
    target.path = normal_path(percent_decode(path));
  } else {
    const std::size_t slash = base.rfind('/');
    const std::string folder(slash == std::string_view::npos ? "" : base.substr(0, slash + 1));
    target.path = normal_path(folder + percent_decode(path));
  }
  if (target.path.find('\0') != std::string::npos) return {};
  repair_utf8(target.fragment);
  return target;
}

Files::Files(Members members) : members_(std::move(members)) {
  for (const auto& [name, bytes] : members_) folded_.emplace(fold(name), name);
}

std::string_view Files::name_of(const std::string& path) const {
  if (path.empty()) return {};
  if (const auto found = members_.find(path); found != members_.end()) return found->first;
  std::string valid = path;
  repair_utf8(valid);
  const auto found = folded_.find(fold(valid));
  return found == folded_.end() ? std::string_view() : found->second;
}

const std::string* Files::find(const std::string& path) const {
  const auto found = members_.find(std::string(name_of(path)));
  return found == members_.end() ? nullptr : &found->second;
}

bool may_hold_text(std::string_view name) {
  constexpr std::array<std::string_view, 26> kOther = {
      "jpg",  "jpeg", "png",  "gif", "svg",  "webp",  "avif", "bmp", "tif",
      "tiff", "ttf",  "otf",  "eot", "woff", "woff2", "mp3",  "mp4", "m4a",
      "m4v",  "ogg",  "webm", "css", "js",   "pdf",   "smil", "pls"};
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return true;
  const std::string_view extension = name.substr(dot + 1);
  return std::none_of(kOther.begin(), kOther.end(),
                      [&](std::string_view other) { return same_name(extension, other); });
}

}  // namespace tome::epub
