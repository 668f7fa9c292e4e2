// SPDX-License-Identifier: GPL-2.0-or-later
#include "eval/lines.h"

#include <fmt/format.h>

#include <cerrno>

#include "store/files.h"

namespace tome {
namespace {

constexpr std::string_view kSpace = " \t\r\n\f\v";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

Error line_error(const std::filesystem::path& file, std::uint64_t line, std::string_view what) {
  return Error{Code::kUnsupported, fmt::format("line {}: {}", line, what), "", file.string()};
}

Result<LineReader> LineReader::open(const std::filesystem::path& file) {
  if (std::filesystem::is_directory(file)) {
    return Error{Code::kIo, "is a folder, not a file", "", file.string()};
  }
  errno = 0;
  std::ifstream in(file, std::ios::binary);
  if (!in) return system_error("open", file);
  return LineReader(file, std::move(in));
}

bool LineReader::next(std::string& line) {
  offset_ = next_offset_;
  if (!std::getline(in_, line)) return false;
  ++number_;
  next_offset_ = offset_ + line.size() + 1;
  if (number_ == 1 && line.starts_with(kByteOrderMark)) {
    line.erase(0, kByteOrderMark.size());
    offset_ += kByteOrderMark.size();
  }
  if (line.ends_with('\r')) line.pop_back();
  return true;
}

Status LineReader::status() const {
  if (in_.bad()) return Error{Code::kIo, "cannot be read to its end", "", file_.string()};
  return Ok{};
}

std::vector<std::string_view> split_words(std::string_view line) {
  std::vector<std::string_view> words;
  std::size_t begin = line.find_first_not_of(kSpace);
  while (begin != std::string_view::npos) {
    const std::size_t end = std::min(line.find_first_of(kSpace, begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    begin = line.find_first_not_of(kSpace, end);
  }
  return words;
}

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

}  // namespace tome
