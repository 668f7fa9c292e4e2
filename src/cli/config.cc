// SPDX-License-Identifier: GPL-2.0-or-later
#include "cli/config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "store/files.h"

namespace tome::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kLargestFile = 1u << 20;

// Types that converters are commonly there for; others are named by their ending.
constexpr std::array<std::pair<std::string_view, std::string_view>, 32> kEndings = {{
    {"application/epub+zip", "*.epub"},
    {"application/msword", "*.doc"},
    {"application/pdf", "*.pdf"},
    {"application/postscript", "*.ps"},
    {"application/postscript", "*.eps"},
    {"application/rtf", "*.rtf"},
    {"application/vnd.amazon.ebook", "*.azw"},
    {"application/vnd.amazon.mobi8-ebook", "*.azw3"},
    {"application/vnd.comicbook+zip", "*.cbz"},
    {"application/vnd.lotus-wordpro", "*.lwp"},
    {"application/vnd.ms-htmlhelp", "*.chm"},
    {"application/vnd.ms-powerpoint", "*.ppt"},
    {"application/vnd.oasis.opendocument.presentation", "*.odp"},
    {"application/vnd.oasis.opendocument.text", "*.odt"},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "*.pptx"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "*.docx"},
    {"application/vnd.palm", "*.pdb"},
    {"application/vnd.wordperfect", "*.wpd"},
    {"application/x-dvi", "*.dvi"},
    {"application/x-fictionbook+xml", "*.fb2"},
    {"application/x-mobipocket-ebook", "*.mobi"},
    {"application/x-mobipocket-ebook", "*.prc"},
    {"application/x-mobi8-ebook", "*.azw3"},
    {"image/jpeg", "*.jpg"},
    {"image/jpeg", "*.jpeg"},
    {"image/png", "*.png"},
    {"image/tiff", "*.tif"},
    {"image/tiff", "*.tiff"},
    {"image/vnd.djvu", "*.djvu"},
    {"image/vnd.djvu", "*.djv"},
    {"text/rtf", "*.rtf"},
    {"text/x-tex", "*.tex"},
}};

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

// Empty when there is no such place. XDG Base Directory Specification 0.8: relative paths are to be
// ignored.
fs::path own_config() {
  fs::path folder = environment("XDG_CONFIG_HOME");
  if (!folder.is_absolute()) {
    folder = environment("HOME");
    if (!folder.is_absolute()) return {};
    folder /= ".config";
  }
  return folder / "tome" / "config.toml";
}

Error not_understood(const fs::path& path, std::string_view why, std::uint32_t line) {
  return Error{Code::kUsage,
               line == 0 ? fmt::format("{} is not understood: {}", path.filename().string(), why)
                         : fmt::format("{} is not understood, line {}: {}",
                                       path.filename().string(), line, why),
               "mend that line; what a filter looks like: docs/usage.md", path.string()};
}

std::vector<std::string> patterns_of(std::string_view key) {
  if (key.find('/') == std::string_view::npos) return {std::string(key)};
  std::vector<std::string> patterns;
  for (const auto& [type, ending] : kEndings) {
    if (type == key) patterns.emplace_back(ending);
  }
  return patterns;
}

Result<Filter> filter_of(const fs::path& path, std::string_view key, const toml::node& value) {
  const std::uint32_t line = value.source().begin.line;
  const std::optional<std::string> command = value.value<std::string>();
  if (!value.is_string() || !command) {
    return not_understood(path, fmt::format("the command of {} must be in quotes", key), line);
  }
  Filter filter;
  filter.patterns = patterns_of(key);
  if (key.empty() || filter.patterns.empty()) {
    return not_understood(path,
                          fmt::format("the type \"{}\" is not known: name an ending, as in "
                                      "\"*.mobi\"",
                                      key),
                          line);
  }
  std::optional<std::vector<std::string>> words = split_command(*command);
  if (!words) return not_understood(path, fmt::format("a quote of {} is not closed", key), line);
  if (words->empty() || words->front().empty()) {
    return not_understood(path, fmt::format("{} names no program", key), line);
  }
  filter.command = std::move(*words);
  return filter;
}

Result<Config> parse(const fs::path& path, std::string_view text) {
  Config config;
  try {
    const toml::table table = toml::parse(text);
    for (const auto& [key, node] : table) {
      const std::uint32_t line = node.source().begin.line;
      if (key != "filters") {
        return not_understood(path, fmt::format("there is no setting {}", key.str()), line);
      }
      if (!node.is_table()) return not_understood(path, "filters is written [filters]", line);
      for (const auto& [name, command] : *node.as_table()) {
        Result<Filter> filter = filter_of(path, name.str(), command);
        if (!filter) return filter.error();
        config.filters.push_back(std::move(filter).value());
      }
    }
  } catch (const toml::parse_error& error) {
    return not_understood(path, error.description(), error.source().begin.line);
  }
  return config;
}

}  // namespace

Result<Config> read_config(const std::string& file) {
  const fs::path path = file.empty() ? own_config() : fs::path(file);
  if (path.empty()) return Config{};
  const Result<std::string> text = read_file(path, kLargestFile);
  if (!text) {
    if (file.empty() && text.error().code == Code::kNotFound) return Config{};
    return text.error();
  }
  return parse(path, *text);
}

std::optional<std::vector<std::string>> split_command(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool inside = false;  // of a word, which may be empty: ""
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (c == '\\' && quote != '\'' && i + 1 < line.size()) {
      word += line[++i];
      inside = true;
    } else if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        word += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      inside = true;
    } else if (!blank) {
      word += c;
      inside = true;
    } else if (inside) {
      words.push_back(std::exchange(word, {}));
      inside = false;
    }
  }
  if (quote != 0) return std::nullopt;
  if (inside) words.push_back(std::move(word));
  return words;
}

}  // namespace tome::cli
