// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/front_matter.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "extract/field_values.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMaxYaml = 256 * 1024;

std::string lower(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

std::string clean(std::string text) {
  repair_utf8(text);  // an escape such as "\0" makes what the file itself may not hold
  return squeeze(text);
}

// The number that opens `text`: "2nd" -> 2, "2015-08-20" -> 2015.
std::optional<int> leading_number(std::string_view text) {
  int value = 0;
  std::size_t digits = 0;
  while (digits < text.size() && digits < 5 && text[digits] >= '0' && text[digits] <= '9') {
    value = value * 10 + (text[digits++] - '0');
  }
  if (digits == 0 || digits == 5) return std::nullopt;
  return value;
}

// Reads the keys of one mapping; a key of the wrong type leaves a warning.
class KeyReader {
 public:
  KeyReader(const YAML::Node& map, std::vector<std::string>& warnings)
      : map_(map), warnings_(warnings) {}

  void text(const char* key, std::string& out) const {
    const YAML::Node node = find(key);
    if (!node) return;
    if (node.IsScalar()) {
      out = clean(node.Scalar());
    } else {
      warn(key, "must be text");
    }
  }

  // Empty when it is anything else; of keys that other programs have too.
  std::string scalar(const char* key) const {
    const YAML::Node node = find(key);
    return node && node.IsScalar() ? clean(node.Scalar()) : std::string();
  }

  void number(const char* key, int& out) const {
    const YAML::Node node = find(key);
    if (!node) return;
    const auto value = node.IsScalar() ? leading_number(node.Scalar()) : std::nullopt;
    if (value) {
      out = *value;
    } else {
      warn(key, "must be a number");
    }
  }

  void list(const char* key, std::vector<std::string> (*split)(std::string_view),
            std::vector<std::string>& out) const {
    const YAML::Node node = find(key);
    if (!node) return;
    if (node.IsScalar()) {
      out = split(clean(node.Scalar()));
      return;
    }
    std::vector<std::string> items;
    bool good = node.IsSequence();
    for (std::size_t i = 0; good && i < node.size(); ++i) {
      const YAML::Node item = node[i];
      good = item.IsScalar();
      if (!good) break;
      std::string value = clean(item.Scalar());
      if (!value.empty()) items.push_back(std::move(value));
    }
    if (good) {
      out = std::move(items);
    } else {
      warn(key, "must be a list of texts");
    }
  }

  void kind(Kind& out) const {
    std::string name;
    text("kind", name);
    name = lower(name);
    if (name == "book") {
      out = Kind::kBook;
    } else if (name == "article") {
      out = Kind::kArticle;
    } else if (!name.empty()) {
      warn("kind", "must be book or article");
    }
  }

 private:
  // Undefined when the key is missing or says nothing ("year:").
  YAML::Node find(const char* key) const {
    const YAML::Node node = map_[key];
    return node && !node.IsNull() ? node : YAML::Node(YAML::NodeType::Undefined);
  }

  void warn(const char* key, const char* what) const {
    warnings_.push_back(fmt::format("the key \"{}\" {}", key, what));
  }

  const YAML::Node& map_;
  std::vector<std::string>& warnings_;
};

std::vector<std::string> as_one(std::string_view text) { return {std::string(text)}; }

// Throws what yaml-cpp throws.
WorkInfo read_map(const YAML::Node& map, std::vector<std::string>& warnings) {
  const KeyReader keys(map, warnings);
  WorkInfo info;
  keys.kind(info.kind);
  keys.text("title", info.title);
  keys.text("subtitle", info.subtitle);
  keys.list("author", split_authors, info.authors);
  keys.list("authors", split_authors, info.authors);
  keys.number("year", info.year);
  for (const char* key : {"date", "published", "pubdate"}) {
    if (info.year == 0) info.year = year_in(keys.scalar(key));
  }
  keys.number("edition", info.edition);
  keys.text("publisher", info.publisher);
  keys.text("isbn", info.isbn);
  if (std::string isbn = isbn_in(info.isbn); !isbn.empty()) info.isbn = std::move(isbn);
  keys.list("topics", split_commas, info.topics);
  keys.list("features", as_one, info.features);
  keys.text("language", info.language);
  if (info.language.empty()) info.language = keys.scalar("lang");
  info.language = language_code(info.language);
  keys.text("url", info.url);
  return info;
}

// The answer, or why there is none.
Result<WorkInfo> read_yaml(std::string_view yaml, std::vector<std::string>& warnings) {
  const auto failure = [](std::string why) {
    return Error{Code::kUnsupported, std::move(why), "see the keys in the manual", ""};
  };
  if (yaml.size() > kMaxYaml) return failure("the YAML is longer than 256 KB");
  try {
    const YAML::Node map = YAML::Load(std::string(yaml));
    if (map.IsNull()) return WorkInfo{};
    if (!map.IsMap()) return failure("the YAML is not a list of keys and values");
    return read_map(map, warnings);
  } catch (const YAML::Exception& e) {
    // It quotes bytes, which may be part of a character.
    return failure(fmt::format("the YAML is broken at line {}: {}", e.mark.line + 1, clean(e.msg)));
  }
}

std::string_view line_at(std::string_view text, std::size_t begin) {
  std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
  return line;
}

std::string trimmed(std::string_view text) { return squeeze(text); }

}  // namespace

FrontMatter read_front_matter(std::string_view text) {
  FrontMatter out;
  if (line_at(text, 0) != "---") return out;
  const std::size_t first = text.find('\n');
  if (first == std::string_view::npos) return out;
  std::uint32_t lines = 1;
  for (std::size_t begin = first + 1; begin < text.size() && begin < kMaxYaml + first; ++lines) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = line_at(text, begin);
    if (line == "---" || line == "...") {
      const auto info = read_yaml(text.substr(first + 1, begin - first - 1), out.warnings);
      if (info.ok()) {
        out.info = *info;
        for (std::string& warning : out.warnings) {
          warning.insert(0, "left out of the front matter: ");
        }
        out.end = std::min(end + 1, text.size());
        out.lines = lines + 1;
      } else {
        out.warnings = {"the front matter is read as text: " + info.error().message};
      }
      return out;
    }
    begin = end + 1;
  }
  return out;
}

Result<WorkInfo> parse_work_yaml(std::string_view yaml) {
  std::vector<std::string> warnings;
  auto info = read_yaml(yaml, warnings);
  if (!info.ok() || warnings.empty()) return info;
  return Error{Code::kUnsupported, warnings.front(), "see the keys in the manual", ""};
}

std::vector<std::string> split_commas(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    std::string item = trimmed(text.substr(begin, end - begin));
    if (!item.empty()) out.push_back(std::move(item));
    begin = end + 1;
  }
  return out;
}

std::vector<std::string> split_authors(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    std::size_t cut = text.size();
    std::size_t skip = 0;
    for (const std::string_view mark : {"&", ";", " and "}) {
      const std::size_t at = text.find(mark);
      if (at < cut) {
        cut = at;
        skip = mark.size();
      }
    }
    const std::string part = trimmed(text.substr(0, cut));
    const auto names = split_commas(part);
    const bool full = std::all_of(names.begin(), names.end(), [](const std::string& name) {
      return name.find(' ') != std::string::npos;
    });
    if (full) {
      out.insert(out.end(), names.begin(), names.end());
    } else if (!part.empty()) {
      out.push_back(names.size() == 1 ? names[0] : part);
    }
    text.remove_prefix(std::min(cut + skip, text.size()));
  }
  return out;
}

}  // namespace tome
