// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/man_macros.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/text.h"

namespace tome {
namespace {

template <std::size_t N>
bool one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_font(std::string_view name) {
  constexpr std::array<std::string_view, 7> kFonts = {"B", "I", "SM", "SB", "R", "CW", "UL"};
  return one_of(name, kFonts);
}

bool is_alternating(std::string_view name) {
  constexpr std::array<std::string_view, 6> kTwo = {"BR", "RB", "BI", "IB", "IR", "RI"};
  return one_of(name, kTwo);
}

}  // namespace

std::string ManMacros::decoded(const RoffArgument& argument) const {
  return reader_.decode(argument.text).text;
}

std::string ManMacros::inline_text(const RoffLine& line) const {
  if (line.name.empty()) return reader_.decode(line.text).text;
  const bool alternating = is_alternating(line.name);
  if (!alternating && !is_font(line.name)) return {};
  std::string out;
  for (const RoffArgument& argument : split_arguments(line.text)) {
    if (!alternating && !out.empty()) out += ' ';
    out += decoded(argument);
  }
  return out;
}

// Text: of the page, or what a heading or a tag waited for.
void ManMacros::say(const RoffText& text, std::uint32_t line) {
  if (waits_ == Waits::kNothing) {
    page_.words(text.text, line, joined_);
    joined_ = text.joined;
    return;
  }
  if (waited_.empty()) waited_line_ = line;
  waited_ += text.text;
  if (!text.joined) settle();
}

void ManMacros::settle() {
  const Waits waits = std::exchange(waits_, Waits::kNothing);
  if (waits == Waits::kNothing) return;
  const std::string text = std::exchange(waited_, {});
  joined_ = false;
  if (waits == Waits::kHeading) {
    page_.heading(level_, text, waited_line_);
  } else if (waits == Waits::kMoreTag) {
    page_.add_tag(text);
  } else {
    page_.begin_item(text, waited_line_);
  }
}

void ManMacros::read(const RoffLine& line) {
  if (line.name.empty()) {
    const RoffText text = reader_.decode(line.text);
    const bool blank = text.text.find_first_not_of(" \t") == std::string::npos;
    if (blank && !(text.joined && !line.text.empty())) {
      // A line of nothing but \& or \c says nothing; an empty one parts paragraphs.
      if (line.text.find_first_not_of(" \t") == std::string::npos) {
        if (waits_ == Waits::kNothing) page_.end_paragraph();
        joined_ = false;
      } else if (!page_.filled()) {
        say(text, line.line);
      }
      return;
    }
    if (text.text[0] == ' ' && waits_ == Waits::kNothing && !joined_) page_.break_line();
    say(text, line.line);
    return;
  }
  if (is_font(line.name) || is_alternating(line.name)) {
    const std::string text = inline_text(line);
    if (text.empty()) return;
    const bool joined = line.text.ends_with("\\c");
    say({text, joined}, line.line);
    return;
  }
  structure(line);
}

// .UR target ... .UE after; .SY and .OP of a synopsis.
bool ManMacros::links(const RoffLine& line, const std::vector<RoffArgument>& arguments) {
  const auto argument = [&](std::size_t i) {
    return i < arguments.size() ? decoded(arguments[i]) : std::string();
  };
  if (line.name == "UR" || line.name == "MT") {
    page_.begin_link(argument(0));
  } else if (line.name == "UE" || line.name == "ME") {
    page_.end_link(argument(0));
  } else if (line.name == "URL" || line.name == "MTO") {
    page_.begin_link(argument(0));
    if (!argument(1).empty()) page_.words(argument(1), line.line, false);
    page_.end_link(argument(2));
  } else if (line.name == "SY") {
    page_.end_paragraph();
    page_.words(argument(0), line.line, false);
  } else if (line.name == "YS") {
    page_.end_paragraph();
  } else if (line.name == "OP") {
    page_.words("[" + argument(0) + (arguments.size() > 1 ? " " + argument(1) : "") + "]",
                line.line, false);
  } else {
    return false;
  }
  return true;
}

void ManMacros::structure(const RoffLine& line) {
  const std::string& name = line.name;
  // What says nothing of the text does not end what waits for it.
  constexpr std::array<std::string_view, 20> kSilent = {"PD", "IX", "ad", "na", "hy", "nh",  "ne",
                                                        "ft", "ps", "vs", "ss", "ta", "fam", "ns",
                                                        "rs", "lf", "ll", "tm", "DT", "ev"};
  if (name == "PD") page_.set_compact(!split_arguments(line.text).empty() && line.text[0] == '0');
  if (one_of(name, kSilent)) return;
  const std::vector<RoffArgument> arguments = split_arguments(line.text);
  const auto argument = [&](std::size_t i) {
    return i < arguments.size() ? decoded(arguments[i]) : std::string();
  };
  settle();
  const bool hanging = std::exchange(hanging_, false);
  joined_ = false;
  if (links(line, arguments)) return;
  if (name == "TH") {
    page_.name = squeeze(argument(0));
    page_.section = squeeze(argument(1));
    page_.date = argument(2);
  } else if (name == "SH" || name == "SS") {
    level_ = name == "SH" ? 2 : 3;
    if (arguments.empty()) {
      waits_ = Waits::kHeading;
      return;
    }
    page_.heading(level_, inline_text({"B", line.text, 0}), line.line);
  } else if (name == "PP" || name == "LP" || name == "P") {
    page_.leave_item();
  } else if (name == "TP" || name == "TQ") {
    waits_ = name == "TP" ? Waits::kTag : Waits::kMoreTag;
  } else if (name == "HP") {
    page_.leave_item();
    hanging_ = true;
  } else if (name == "IP") {
    const std::string tag = argument(0);
    if (!squeeze(tag).empty()) {
      // With .TP these are characters that are explained.
      constexpr std::array<std::string_view, 4> kBullets = {"*", "-", "o", "+"};
      page_.begin_item(one_of(squeeze(tag), kBullets) ? "" : tag, line.line);
    } else if (!hanging || !page_.take_hanging()) {
      page_.end_paragraph();
    }
  } else if (name == "RS") {
    page_.take_tag();
    page_.push_indent();
  } else if (name == "RE") {
    page_.pop_indent();
  } else if (name == "nf" || name == "EX") {
    page_.set_fill(false);
  } else if (name == "fi" || name == "EE") {
    page_.set_fill(true);
  } else if (name == "sp" || name == "in" || name == "ti" || name == "ce") {
    if (name == "sp" || page_.filled()) page_.end_paragraph();
  } else if (name == "br") {
    page_.break_line();
  }
}

}  // namespace tome
