// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/accents.h"
#include "extract/roff.h"
#include "extract/roff_characters.h"
#include "extract/roff_expression.h"
#include "extract/roff_names.h"
#include "text/text.h"

namespace tome {
namespace {

// \h'+3': only what moves to the right divides words.
bool moves_right(std::string_view distance) { return !distance.empty() && distance[0] != '-'; }

// \s-2, \s+(10, \s'12', \s[9], \s0: past a change of the type's size.
void skip_size(std::string_view text, std::size_t& i) {
  if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
  if (i >= text.size()) return;
  if (text[i] == '\'') {
    take_quoted(text, i);
  } else if (text[i] == '(' || text[i] == '[') {
    take_name(text, i);
  } else if (text[i] >= '1' && text[i] <= '3' && i + 1 < text.size() && text[i + 1] >= '0' &&
             text[i + 1] <= '9' && text[i - 1] == 's') {
    i += 2;  // \s10 to \s39
  } else {
    ++i;
  }
}

}  // namespace

RoffText RoffReader::decode(std::string_view text) const {
  RoffText out;
  std::string& to = out.text;
  const auto named = [&](std::string_view name) {
    const auto found = translations_.find(std::string(name));
    if (found == translations_.end()) {
      to += roff_character(name);
    } else {
      to += found->second;
    }
  };
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t slash = std::min(text.find('\\', i), text.size());
    to.append(text.substr(i, slash - i));
    if (slash + 1 >= text.size()) break;
    i = slash + 2;
    const char c = text[slash + 1];
    switch (c) {
      case '(':
      case '[':
        --i;
        named(take_name(text, i));
        break;
      case 'C':
        named(take_quoted(text, i));
        break;
      case 'N': {
        std::string_view number = take_quoted(text, i);
        const long value = roff_number(number);
        if (value > 0) append_character(to, static_cast<char32_t>(value));
        break;
      }
      case '-':
      case '_':
      case '.':
      case '`':
      case '\'':
      case '\\':
        to += c;
        break;
      case 'e':
      case 'E':
        to += '\\';
        break;
      case ' ':
      case '~':
      case '0':
        to += ' ';
        break;
      case 't':
        to += '\t';
        break;
      case 'c':
        out.joined = true;
        break;
      case 'h':
        if (moves_right(take_quoted(text, i))) to += ' ';
        break;
      case 'o': {  // one over the other: the last is what is seen best
        const std::string_view both = take_quoted(text, i);
        if (!both.empty() && (both.back() & '\x80') == 0) to += both.back();
        break;
      }
      case 'v':
      case 'x':
      case 'l':
      case 'L':
      case 'D':
      case 'b':
      case 'X':
      case 'A':
      case 'B':
      case 'R':
      case 'S':
      case 'H':
        take_quoted(text, i);
        break;
      case 'Z':  // text drawn without moving
        i += i < text.size();
        break;
      case 'f':
      case 'F':
      case 'g':
      case 'k':
      case 'm':
      case 'M':
      case 'V':
      case 'Y':
        take_name(text, i);
        break;
      case 's':
        skip_size(text, i);
        break;
      case '&':
      case '%':
      case ':':
      case '^':
      case '|':
      case '/':
      case ',':
      case ')':
      case '{':
      case '}':
      case '!':
      case '?':
      case 'a':
      case 'd':
      case 'p':
      case 'r':
      case 'u':
      case 'z':
        break;
      default:
        to += c;  // also the first byte of a character: the rest follows
    }
  }
  // The bounds on strings and macros may have cut a character.
  repair_utf8(to);
  return out;
}

}  // namespace tome
