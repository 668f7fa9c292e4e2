// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/mdoc.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kDeepest = 64;

template <std::size_t N>
bool one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool has(const std::vector<RoffArgument>& arguments, std::string_view option) {
  return std::any_of(arguments.begin(), arguments.end(),
                     [&](const RoffArgument& a) { return a.text == option; });
}

}  // namespace

void Mdoc::put(const MdocText& text, std::uint32_t line) {
  if (text.text.empty() && (in_tag_ || page_.filled())) return;
  if (in_tag_) {
    if (!text.joined && !tag_.empty()) tag_ += ' ';
    tag_ += text.text;
  } else {
    page_.words(text.text, line, text.joined && page_.filled());
  }
}

void Mdoc::say(const std::string& macro, const std::vector<RoffArgument>& arguments,
               std::uint32_t line) {
  const bool in_tag = in_tag_;
  put(words_.read(macro, arguments), line);
  if (in_tag && (macro == "Xc" || has(arguments, "Xc"))) finish();
}

void Mdoc::finish() {
  if (std::exchange(in_tag_, false)) page_.begin_item(std::exchange(tag_, {}), tag_line_);
}

std::string Mdoc::inline_text(const RoffLine& line) {
  if (line.name.empty()) return plain(line.text);
  std::string text = words_.read(line.name, split_arguments(line.text)).text;
  words_.take_joined();
  return text;
}

void Mdoc::read(const RoffLine& line) {
  if (line.name.empty()) {
    const RoffText text = reader_.decode(line.text);
    const bool blank = text.text.find_first_not_of(" \t") == std::string::npos;
    after_type_ = false;
    if (blank && page_.filled()) {
      if (line.text.empty()) page_.end_paragraph();
      return;
    }
    if (text.text[0] == ' ' && !in_tag_) page_.break_line();
    put({text.text, words_.take_joined(), false}, line.line);
    return;
  }
  if (line.name[0] == '%') {
    reference(line);
    return;
  }
  const std::vector<RoffArgument> arguments = split_arguments(line.text);
  if (front(line, arguments) || block(line, arguments)) return;
  const std::string& name = line.name;
  if (page_.in_synopsis() && !in_tag_) {
    constexpr std::array<std::string_view, 7> kOwnLine = {"Nm", "Ft", "In", "Fd", "Vt", "Fn", "Fo"};
    const bool declares = name == "Fn" || name == "Fo";
    if (one_of(name, kOwnLine) && !(declares && after_type_)) page_.break_line();
  }
  after_type_ = name == "Ft";
  if (name == "Fd" || (name == "In" && page_.in_synopsis())) {
    const std::string what = plain(line.text);
    put({name == "Fd" ? what : "#include <" + what + ">", false, false}, line.line);
    page_.break_line();
    return;
  }
  say(name, arguments, line.line);
}

// .Ex and .Rv: the sentence on what a program or a function returns.
std::string Mdoc::returns(const std::string& macro, const std::vector<RoffArgument>& arguments) {
  std::string names;
  std::size_t count = 0;
  for (const RoffArgument& argument : arguments) {
    if (argument.text == "-std") continue;
    names += (count++ == 0 ? "" : ", ") + plain(argument.text) + (macro == "Rv" ? "()" : "");
  }
  if (macro == "Ex") {
    if (count == 0) names = words_.name;
    return "The " + names + (count > 1 ? " utilities exit" : " utility exits") +
           " 0 on success, and >0 if an error occurs.";
  }
  const std::string otherwise =
      "otherwise the value -1 is returned and the global variable errno is set to indicate the "
      "error.";
  if (count == 0) return "Upon successful completion, the value 0 is returned; " + otherwise;
  return "The " + names + (count > 1 ? " functions return" : " function returns") +
         " the value 0 if successful; " + otherwise;
}

// What stands before the first section, and the line of NAME.
bool Mdoc::front(const RoffLine& line, const std::vector<RoffArgument>& arguments) {
  const std::string& name = line.name;
  if (name == "Dd") {
    page_.date = line.text;
  } else if (name == "Dt") {
    if (!arguments.empty()) page_.name = plain(arguments[0].text);
    if (arguments.size() > 1) page_.section = plain(arguments[1].text);
  } else if (name == "Nd") {
    const MdocText text = words_.read("No", arguments);
    page_.words("- " + text.text, line.line, false);
  } else if (name == "Ex" || name == "Rv") {
    page_.words(returns(name, arguments), line.line, false);
  } else {
    constexpr std::array<std::string_view, 9> kSilent = {"Os", "Tg", "Bk", "Ek", "Bf",
                                                         "Ef", "Hf", "Db", "Es"};
    return one_of(name, kSilent);
  }
  return true;
}

bool Mdoc::block(const RoffLine& line, const std::vector<RoffArgument>& arguments) {
  const std::string& name = line.name;
  if (name == "It") {
    item(line);
    return true;
  }
  if (name == "Sh" || name == "Ss") {
    finish();
    const std::string text = words_.read("No", arguments).text;
    words_.take_joined();
    if (name == "Sh") words_.set_synopsis(text == "SYNOPSIS");
    lists_.clear();
    filled_.clear();
    unseen_lists_ = 0;
    page_.heading(name == "Sh" ? 2 : 3, text, line.line);
  } else if (name == "Pp" || name == "Lp" || name == "sp") {
    page_.end_paragraph();
  } else if (name == "br") {
    page_.break_line();
  } else if (name == "Bl") {
    finish();
    page_.push_indent();
    const List list = has(arguments, "-column") ? List::kColumns
                      : has(arguments, "-bullet") || has(arguments, "-dash") ||
                              has(arguments, "-hyphen") || has(arguments, "-enum") ||
                              has(arguments, "-item")
                          ? List::kItems
                          : List::kTags;
    if (lists_.size() < kDeepest) {
      lists_.push_back(list);
    } else {
      ++unseen_lists_;
    }
  } else if (name == "El") {
    finish();
    page_.pop_indent();
    if (unseen_lists_ > 0) {
      --unseen_lists_;
    } else if (!lists_.empty()) {
      lists_.pop_back();
    }
  } else if (name == "Bd") {
    display(arguments);
  } else if (name == "Ed") {
    if (!filled_.empty()) {
      page_.set_fill(filled_.back());
      filled_.pop_back();
    }
    page_.end_paragraph();
  } else if (name == "Dl" || name == "D1") {
    const MdocText text = words_.read("No", arguments);
    words_.take_joined();
    page_.code_line(text.text, line.line);
  } else if (name == "Rs") {
    if (page_.filled()) page_.break_line();
    in_reference_ = first_of_reference_ = true;
  } else if (name == "Re") {
    if (in_reference_ && !first_of_reference_) page_.words(".", line.line, true);
    in_reference_ = false;
  } else if (name == "Sm") {
    words_.set_spacing(arguments.empty() ? !words_.spacing() : arguments[0].text != "off");
  } else {
    return false;
  }
  return true;
}

void Mdoc::display(const std::vector<RoffArgument>& arguments) {
  finish();
  page_.end_paragraph();
  if (filled_.size() >= kDeepest) return;
  filled_.push_back(page_.filled());
  const bool code = has(arguments, "-literal") || has(arguments, "-unfilled");
  page_.set_fill(!code);
}

void Mdoc::item(const RoffLine& line) {
  finish();
  const List list = lists_.empty() ? List::kTags : lists_.back();
  if (list == List::kItems) {
    page_.begin_item("", line.line);
    return;
  }
  std::string text = line.text;
  if (list == List::kColumns) {
    page_.begin_row();
    std::string cells;
    for (const char c : text) cells += c == '\t' ? " Ta " : std::string(1, c);
    put(words_.read("No", split_arguments(cells)), line.line);
    return;
  }
  tag_line_ = line.line;
  const std::vector<RoffArgument> arguments = split_arguments(text);
  const MdocText head = words_.read("No", arguments);
  in_tag_ = true;
  tag_ = head.text;
  if (!head.opened) {
    words_.take_joined();
    finish();
  }
}

// .%T of a reference between .Rs and .Re.
void Mdoc::reference(const RoffLine& line) {
  std::string text = plain(line.text);
  text.erase(std::remove(text.begin(), text.end(), '"'), text.end());
  if (!first_of_reference_) page_.words(",", line.line, true);
  first_of_reference_ = false;
  page_.words(text, line.line, false);
}

}  // namespace tome
