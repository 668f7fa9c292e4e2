// SPDX-License-Identifier: GPL-2.0-or-later
// RTF 1.9 -> blocks. No library of Debian 12 reads it into anything but HTML by a program of its
// own. Read: groups; \'hh by the code page of the font or of \ansicpg; \u with \uc; styles named
// "heading N" and \outlinelevel; lists by \ls, by their marker, or by a hanging bullet; tables;
// footnotes and endnotes; text boxes; \info. Left out: \deleted and hidden (\v) text, instructions
// of fields, tables of contents, headers and footers, pictures, embedded objects, formulas, and
// every destination marked \* that is not known. kLimit: groups nested more than 256 deep.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "extract/readers.h"
#include "extract/rtf_codepage.h"
#include "extract/rtf_flow.h"
#include "extract/rtf_fonts.h"
#include "extract/rtf_info.h"
#include "extract/rtf_lexer.h"
#include "extract/rtf_words.h"
#include "text/text.h"

namespace tome {
namespace {

constexpr std::size_t kMaxGroups = 256;

// What a group may change and its end restores.
struct State {
  RtfDestination destination = RtfDestination::kBody;
  RtfParagraph paragraph;
  int font = -1;     // -1: the default font
  int fallback = 1;  // \uc: characters behind \u to be skipped
  bool hidden = false;
  bool deleted = false;
  bool opens_flow = false;  // a note or box: its end closes it
  bool opens_style = false;
};

// Whether a byte is the same in every code page; NUL, which text may not hold, is decoded as those
// are that are not.
bool is_ascii(char c) { return c > 0 && static_cast<unsigned char>(c) < 0x80; }

class RtfReader {
 public:
  Result<Document> read(std::string_view bytes) && {
    RtfLexer lexer(bytes);
    for (;;) {
      const RtfToken token = lexer.next();
      if (token.kind == RtfToken::Kind::kEnd) {
        warning_ = "the file ends before its last group does: the end of the text may be missing";
        break;
      }
      if (token.kind == RtfToken::Kind::kOpen) {
        if (states_.size() > kMaxGroups) {
          return Error{Code::kLimit, "the file nests its groups more than 256 deep", "", ""};
        }
        end_text();
        states_.push_back(states_.back());
        states_.back().opens_flow = states_.back().opens_style = false;
        starred_ = false;
      } else if (token.kind == RtfToken::Kind::kClose) {
        close_group();
        if (states_.size() == 1) break;
      } else {
        take(token);
      }
    }
    end_text();
    Document document = std::move(flow_).finish();
    document.meta = std::move(info_).take();
    document.encoding = page_name(page_);
    document.replaced = pages_.replaced();
    if (!warning_.empty()) document.warnings.push_back(std::move(warning_));
    return document;
  }

 private:
  State& state() { return states_.back(); }

  void close_group() {
    end_text();
    if (states_.size() == 1) return;
    const State closed = states_.back();
    states_.pop_back();
    if (closed.opens_flow) flow_.close();
    if (closed.opens_style) {
      style_.name = squeeze(style_.name.substr(0, style_.name.find(';')));
      flow_.set_style(style_number_, std::exchange(style_, {}));
      style_number_ = 0;
    }
    const bool field = closed.destination == RtfDestination::kField;
    if (field && state().destination != RtfDestination::kField) info_.end_field();
  }

  void take(const RtfToken& token) {
    if (token.kind == RtfToken::Kind::kText) {
      plain(token.text);
    } else if (token.kind == RtfToken::Kind::kByte) {
      if (skip_ > 0) {
        --skip_;
      } else {
        byte(static_cast<char>(token.number));
      }
    } else {
      word(token);
    }
  }

  bool takes_text() const {
    switch (states_.back().destination) {
      case RtfDestination::kBody:
        return !states_.back().hidden && !states_.back().deleted;
      case RtfDestination::kStyles:
        return states_.back().opens_style;
      default:
        return states_.back().destination == RtfDestination::kField;
    }
  }

  void plain(std::string_view text) {
    // Characters that stand for a \u before them.
    const std::size_t skipped = std::min(static_cast<std::size_t>(skip_), text.size());
    text.remove_prefix(skipped);
    skip_ -= static_cast<int>(skipped);
    if (!takes_text()) return;
    for (std::size_t i = 0; i < text.size();) {
      if (half_ || !is_ascii(text[i])) {
        byte(text[i++]);
        continue;
      }
      std::size_t end = i;
      while (end < text.size() && is_ascii(text[end])) ++end;
      end_text();
      write(text.substr(i, end - i));
      i = end;
    }
  }

  // Bytes of other characters than ASCII wait, because one character may be two of them.
  void byte(char c) {
    if (!takes_text()) return;
    end_high();
    bytes_ += c;
    half_ = !half_ && is_lead_byte(page(), static_cast<unsigned char>(c));
  }

  // \u gives UTF-16, as signed numbers.
  void unicode(int number) {
    end_bytes();
    skip_ = state().fallback;
    const auto unit = static_cast<std::uint32_t>(number < 0 ? number + 65536 : number);
    if (!takes_text()) return;
    if (high_ != 0 && unit >= 0xDC00 && unit <= 0xDFFF) {
      const std::uint32_t pair = 0x10000 + ((high_ - 0xD800) << 10) + (unit - 0xDC00);
      high_ = 0;
      character(pair);
      return;
    }
    end_high();
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      high_ = unit;
    } else if (unit == 0xF0B7) {
      character(0x2022);
    } else if (unit < 0xF000 || unit > 0xF0FF) {  // else of a symbol font
      character(unit);
    }
  }

  void character(std::uint32_t c) {
    std::string utf8;
    append_character(c, utf8);
    write(utf8);
  }

  void end_high() {
    if (std::exchange(high_, 0) != 0) character(0xFFFD);
  }

  void end_bytes() {
    half_ = false;
    if (bytes_.empty()) return;
    std::string text;
    pages_.append(page(), bytes_, text);
    bytes_.clear();
    write(text);
  }

  // Ends what is only half there, before anything but text.
  void end_text() {
    end_bytes();
    end_high();
    skip_ = 0;
  }

  void write(std::string_view text) {
    switch (state().destination) {
      case RtfDestination::kBody:
        flow_.text(text, font().fixed);
        break;
      case RtfDestination::kStyles:
        style_.name += text;
        break;
      default:
        info_.text(text);
    }
  }

  RtfFont font() const { return fonts_.of(states_.back().font); }

  int page() const {
    const bool body = states_.back().destination == RtfDestination::kBody;
    const int own = body ? font().page : 0;
    return own == 0 ? page_ : own;
  }

  void word(const RtfToken& token) {
    const std::string_view name = token.text;
    if (state().destination == RtfDestination::kIgnored) return;
    if (name == "u" && token.numbered) return unicode(token.number);
    if (const std::string_view shown = rtf_character(name); !shown.empty()) {
      if (skip_ > 0) {
        --skip_;
      } else if (takes_text()) {
        end_text();
        write(shown);
      }
      return;
    }
    end_text();
    if (name == "*") {
      starred_ = true;
      return;
    }
    const bool starred = std::exchange(starred_, false);
    if (open_destination(name)) return;
    if (starred) {
      state().destination = RtfDestination::kIgnored;
      return;
    }
    switch (state().destination) {
      case RtfDestination::kFonts:
        return fonts_.word(token);
      case RtfDestination::kStyles:
        return style_word(token);
      case RtfDestination::kInfo:
      case RtfDestination::kField:
        return info_.word(token);
      default:
        return body_word(token);
    }
  }

  // Whether the word makes its group a destination.
  bool open_destination(std::string_view name) {
    const RtfDestination now = state().destination;
    const bool in_info = now == RtfDestination::kInfo || now == RtfDestination::kField;
    if (in_info && is_rtf_field(name)) {
      state().destination = RtfDestination::kField;
      info_.begin_field(name);
      return true;
    }
    const RtfOpening opening = rtf_opening(name);
    if (opening == RtfOpening::kNone) return false;
    switch (opening) {
      case RtfOpening::kMarker:
        if (now == RtfDestination::kBody) flow_.marker();
        state().destination = RtfDestination::kIgnored;
        break;
      case RtfOpening::kFonts:
        state().destination = RtfDestination::kFonts;
        break;
      case RtfOpening::kStyles:
        state().destination = RtfDestination::kStyles;
        break;
      case RtfOpening::kInfo:
        state().destination = RtfDestination::kInfo;
        break;
      case RtfOpening::kThrough:
        if (now == RtfDestination::kBody) state().destination = RtfDestination::kThrough;
        break;
      case RtfOpening::kBody:
        if (now == RtfDestination::kThrough) state().destination = RtfDestination::kBody;
        break;
      case RtfOpening::kNote:
      case RtfOpening::kBox:
        open_flow(opening == RtfOpening::kNote);
        break;
      default:
        state().destination = RtfDestination::kIgnored;
    }
    return true;
  }

  void open_flow(bool note) {
    if (state().opens_flow) return;
    const RtfDestination now = state().destination;
    const bool shown = (now == RtfDestination::kBody || now == RtfDestination::kThrough) &&
                       !state().hidden && !state().deleted;
    state().destination = shown ? RtfDestination::kBody : RtfDestination::kIgnored;
    state().opens_flow = shown;
    state().paragraph = {};
    if (shown && note) flow_.open_note();
    if (shown && !note) flow_.open_box();
  }

  void style_word(const RtfToken& token) {
    State& now = state();
    if (token.text == "cs" || token.text == "ts" || token.text == "ds") {
      now.destination = RtfDestination::kIgnored;
      now.opens_style = false;
      return;
    }
    if (!now.opens_style) {
      now.opens_style = true;
      style_ = {};
      style_number_ = 0;
    }
    if (token.text == "s") style_number_ = token.number;
    if (token.text == "sbasedon") style_.based_on = token.number;
    if (token.text == "outlinelevel") style_.outline = token.number;
  }

  void body_word(const RtfToken& token) {
    const std::string_view name = token.text;
    State& now = state();
    if (name == "ansicpg" && token.number > 0) page_ = token.number;
    if (name == "mac") page_ = 10000;
    if (name == "pc") page_ = 437;
    if (name == "pca") page_ = 850;
    if (name == "deff") fonts_.set_default(token.number);
    if (name == "uc") now.fallback = std::clamp(token.number, 0, 100);
    if (now.destination != RtfDestination::kBody) return;
    if (name == "f") now.font = token.number;
    if (name == "v") now.hidden = token.on();
    if (name == "deleted") now.deleted = token.on();
    if (name == "plain") {
      now.font = -1;
      now.hidden = now.deleted = false;
    }
    paragraph_word(token, now.paragraph);
    if (now.hidden || now.deleted) return;
    if (name == "par" || name == "sect") flow_.end_paragraph(now.paragraph);
    if (name == "cell") flow_.end_cell();
    if (name == "row") flow_.end_row();
  }

  static void paragraph_word(const RtfToken& token, RtfParagraph& paragraph) {
    const std::string_view name = token.text;
    if (name == "pard") paragraph = {};
    if (name == "s") paragraph.style = token.number;
    if (name == "outlinelevel") paragraph.outline = token.number;
    if (name == "intbl") paragraph.in_table = token.on();
    if (name == "itap") paragraph.in_table = token.number > 0;
    if (name == "ls") paragraph.list = token.number;
    if (name == "ilvl") paragraph.list_level = token.number;
    if (name == "li") paragraph.left = token.number;
    if (name == "fi") paragraph.first = token.number;
  }

  std::vector<State> states_ = std::vector<State>(1);
  RtfFlow flow_;
  CodePages pages_;
  RtfFonts fonts_;
  int page_ = 1252;
  RtfStyle style_;  // that the stylesheet is at
  int style_number_ = 0;
  RtfInfo info_;
  bool starred_ = false;    // \* was the last word
  int skip_ = 0;            // characters left that stand for a \u
  std::string bytes_;       // that wait to be decoded
  bool half_ = false;       // they end in the middle of a character
  std::uint32_t high_ = 0;  // the first half of a surrogate pair
  std::string warning_;
};

}  // namespace

Result<Document> read_rtf(std::string_view bytes) {
  if (!bytes.starts_with("{\\rtf")) {
    return Error{Code::kUnsupported, "damaged: the file does not begin as RTF", "", ""};
  }
  return RtfReader().read(bytes);
}

}  // namespace tome
