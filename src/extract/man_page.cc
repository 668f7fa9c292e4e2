// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/man_page.h"

#include <algorithm>
#include <array>
#include <utility>

#include "extract/labels.h"
#include "text/ascii.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kLongestTag = 200;  // of several names together, and of a paragraph as a tag

bool is_bullet(std::string_view tag) {
  constexpr std::array<std::string_view, 7> kBullets = {"\u2022", "\u00B7", "\u25CB", "\u25A1",
                                                        "\u00B0", "\u25E6", "\u2014"};
  return std::find(kBullets.begin(), kBullets.end(), tag) != kBullets.end();
}

// "1.", "2)", "(iii)", "[4]": a space is enough between it and the text.
bool is_number(std::string_view tag) {
  if (tag.size() > 6) return false;
  const char last = tag.back();
  return last == '.' || last == ')' || last == ']';
}

std::string join_tag(std::string_view tag, std::string_view text) {
  if (is_bullet(tag)) return std::string(text);
  const bool closed = is_number(tag) || tag.back() == ':' || tag.back() == '=';
  return std::string(tag) + (closed ? " " : ": ") + std::string(text);
}

// How many bytes of a paragraph are a bullet or a number drawn before it by motions.
std::size_t drawn_bullet(std::string_view text, bool& number) {
  constexpr std::string_view kBullet = "\u2022 ";
  number = false;
  if (text.starts_with(kBullet)) return kBullet.size();
  std::size_t i = 0;
  while (i < text.size() && i < 3 && is_ascii_digit(text[i])) ++i;
  number = i > 0 && text.substr(i, 2) == ". ";
  return number ? i + 2 : 0;
}

// The year within "July 13, 2020", "2020-07-13"; 0 when there is none.
int year_of(std::string_view date) {
  for (std::size_t i = 0; i < date.size(); ++i) {
    if (!is_ascii_digit(date[i])) continue;
    std::size_t end = i;
    int value = 0;
    for (; end < date.size() && is_ascii_digit(date[end]) && end - i < 5; ++end) {
      value = value * 10 + (date[end] - '0');
    }
    if (end - i == 4 && value >= 1970 && value < 2100) return value;
    i = end;
  }
  return 0;
}

}  // namespace

int ManPage::depth() const {
  return static_cast<int>(
      std::count_if(frames_.begin(), frames_.end(), [](const Frame& frame) { return frame.item; }));
}

// Pages repeat their own strings and macros, so the text may be many times as long as the file.
bool ManPage::take_room(std::string_view text) {
  const std::size_t bytes = text.size() + 2;  // and what parts it from the next
  full_ = full_ || bytes > room_;
  if (!full_) room_ -= bytes;
  return !full_;
}

void ManPage::words(std::string_view text, std::uint32_t line, bool joined) {
  if (!take_room(text)) return;
  link_text_ = true;
  if (!fill_) {
    if (!text_.empty()) flush();
    if (code_.empty()) code_line_ = line;
    if (joined && !code_.empty()) code_.pop_back();
    code_ += text;
    code_ += '\n';
    return;
  }
  flush_code();
  if (text_.empty()) {
    text_line_ = line;
  } else if (!joined) {
    text_ += ' ';
  }
  text_ += text;
}

void ManPage::code_line(std::string_view text, std::uint32_t line) {
  if (!take_room(text)) return;
  if (!text_.empty()) flush();
  if (code_.empty()) code_line_ = line;
  code_ += text;
  code_ += '\n';
}

void ManPage::flush_code() {
  if (code_.empty()) return;
  flush_tag();
  Block block;
  block.style = Style::kCode;
  // The builder drops blank lines above.
  std::size_t first = 0;
  for (std::size_t i = 0; i < code_.size() && (code_[i] == ' ' || code_[i] == '\n'); ++i) {
    first += code_[i] == '\n';
  }
  block.line = code_line_ + static_cast<std::uint32_t>(first);
  builder_.add(std::move(block), code_);
  code_.clear();
}

// A tag without text below it.
void ManPage::flush_tag() {
  if (tag_.empty()) return;
  const std::string tag = std::exchange(tag_, {});
  Block block;
  block.line = tag_line_;
  if (soft_tag_) {
    builder_.add_paragraph(tag, tag_line_, "");
  } else if (!is_bullet(tag)) {
    block.style = Style::kListItem;
    block.level = std::max(depth(), 1);
    builder_.add(std::move(block), tag);
  }
}

void ManPage::add_text(std::string_view text, std::uint32_t line) {
  if (headings_ == 1 && description.empty()) read_name(text);
  int level = depth();
  std::string joined;
  bool number = false;
  const std::size_t bullet = frames_.size() > 1 ? drawn_bullet(text, number) : 0;
  if (!tag_.empty()) {
    joined = join_tag(tag_, text);
    line = tag_line_;
    tag_.clear();
    text = joined;
    level = std::max(level, 1);
  } else if (bullet > 0) {
    level = std::max(level, 1);
    if (!number) text.remove_prefix(bullet);
  }
  if (level == 0) {
    builder_.add_paragraph(text, line, "");
    return;
  }
  Block block;
  block.style = Style::kListItem;
  block.level = level;
  block.line = line;
  builder_.add(std::move(block), text);
}

void ManPage::flush() {
  flush_code();
  if (text_.empty()) return;
  const std::string text = std::exchange(text_, {});
  if (!row_) {
    const std::string tidied = tidy(text);
    if (!tidied.empty()) add_text(tidied, text_line_);
    return;
  }
  row_ = false;
  add_row(text, text_line_);
}

// "tar, gtar - an archiving utility"
void ManPage::read_name(std::string_view text) {
  constexpr std::array<std::string_view, 4> kDashes = {" - ", " -- ", " \u2014 ", " \u2013 "};
  std::size_t end = std::string_view::npos;
  std::size_t size = 0;
  for (const std::string_view dash : kDashes) {
    const std::size_t at = text.find(dash);
    if (at < end) {
      end = at;
      size = dash.size();
    }
  }
  if (end == std::string_view::npos) return;
  description = squeeze(text.substr(end + size));
  std::string_view names = text.substr(0, end);
  // The page is called as its title line says; the name here has the right case.
  const std::string wanted = fold(name);
  std::string_view first;
  for (std::size_t at = 0; at <= names.size();) {
    const std::size_t stop = std::min(names.find_first_of(", \n", at), names.size());
    const std::string_view one = names.substr(at, stop - at);
    if (first.empty()) first = one;
    if (!one.empty() && fold(one) == wanted) {
      name = std::string(one);
      return;
    }
    at = stop + 1;
  }
  // Title lines are in capitals: better the first name, where they write "_" as " ", or none.
  const bool capitals =
      std::none_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (name.empty() || (capitals && name.find(' ') != std::string::npos)) {
    name = std::string(first);
  } else if (capitals) {
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
}

void ManPage::heading(int level, std::string_view text, std::uint32_t line) {
  if (!take_room(text)) return;
  flush();
  flush_tag();
  frames_.assign(1, {});
  unseen_frames_ = 0;
  fill_ = true;
  if (level == 2) ++headings_;
  const std::string title = squeeze(text);
  if (level == 2) synopsis_ = title == "SYNOPSIS";
  // As mandoc makes them.
  std::string anchor = title;
  std::replace(anchor.begin(), anchor.end(), ' ', '_');
  const int times = ++anchors_[anchor];
  if (times > 1) anchor += "~" + std::to_string(times);
  builder_.add_heading(level, title, line, anchor);
}

void ManPage::break_line() {
  if (fill_ && !text_.empty() && text_.back() != '\n') text_ += '\n';
}

void ManPage::end_paragraph() {
  if (fill_) {
    flush();
  } else if (!code_.empty() && take_room({})) {
    code_ += '\n';
  }
}

void ManPage::leave_item() {
  end_paragraph();
  Frame& frame = frames_.back();
  if (!fill_ || !frame.item || frame.paragraph) return;
  flush_tag();
  frame.item = false;
}

void ManPage::begin_item(std::string_view tag, std::uint32_t line) {
  if (!take_room(tag)) return;
  flush();
  const bool option = !tag.empty() && tag[0] == '-' && !tag_.empty() && tag_[0] == '-';
  if ((option || compact_) && !tag_.empty() && !is_bullet(tag_) && !tag.empty() &&
      !is_bullet(tag) && tag_.size() + tag.size() < kLongestTag) {
    add_tag(tag);
    return;
  }
  flush_tag();
  frames_.back().item = true;
  soft_tag_ = false;
  tag_ = squeeze(tag);
  tag_line_ = line;
}

void ManPage::add_tag(std::string_view tag) {
  if (!take_room(tag)) return;
  if (!tag_.empty()) tag_ += ", ";
  tag_ += squeeze(tag);
}

void ManPage::take_tag() {
  if (!fill_ || text_.empty() || row_ || !tag_.empty() || !code_.empty()) return;
  const std::string text = tidy(text_);
  if (text.empty() || text.size() > kLongestTag || text.find('\n') != std::string::npos) return;
  if (ends_like_sentence(text)) return;
  text_.clear();
  tag_ = text;
  tag_line_ = text_line_;
  soft_tag_ = true;
}

bool ManPage::take_hanging() {
  if (text_.empty()) return false;
  take_tag();
  if (tag_.empty()) return false;
  soft_tag_ = false;
  frames_.back().item = true;
  return true;
}

void ManPage::row(std::string_view cells, std::uint32_t line) {
  if (take_room(cells)) add_row(cells, line);
}

void ManPage::add_row(std::string_view cells, std::uint32_t line) {
  flush();
  flush_tag();
  std::string text;
  for (std::size_t at = 0; at <= cells.size();) {
    const std::size_t end = std::min(cells.find('\t', at), cells.size());
    if (at > 0) text += " | ";
    text += squeeze(cells.substr(at, end - at));
    at = end + 1;
  }
  while (!text.empty() && (text.back() == ' ' || text.back() == '|')) text.pop_back();
  Block block;
  block.style = Style::kTableRow;
  block.line = line;
  builder_.add(std::move(block), text);
}

void ManPage::begin_row() {
  flush();
  flush_tag();
  row_ = true;
}

void ManPage::push_indent() {
  if (fill_) flush();
  if (frames_.size() >= kDeepest) {
    ++unseen_frames_;
    return;
  }
  const bool paragraph = soft_tag_ && !tag_.empty();
  frames_.push_back({paragraph, paragraph});
}

void ManPage::pop_indent() {
  if (fill_) {
    flush();
    flush_tag();
  }
  if (unseen_frames_ > 0) {
    --unseen_frames_;
  } else if (frames_.size() > 1) {
    frames_.pop_back();
  }
}

void ManPage::set_fill(bool fill) {
  if (fill == fill_) return;
  flush();
  fill_ = fill;
}

void ManPage::begin_link(std::string_view target) {
  link_ = std::string(target);
  link_text_ = false;
}

void ManPage::end_link(std::string_view after) {
  const std::string link = std::exchange(link_, {});
  if (link.empty()) return;
  words((link_text_ ? "<" + link + ">" : link) + std::string(after), text_line_, false);
}

Document ManPage::finish() && {
  flush();
  flush_tag();
  Document document = std::move(builder_).finish();
  if (!name.empty()) {
    document.title = section.empty() ? name : name + "(" + section + ")";
    document.meta.title = document.title;
    document.meta.subtitle = description;
  }
  document.meta.year = year_of(date);
  document.warnings = std::move(warnings);
  return document;
}

}  // namespace tome
