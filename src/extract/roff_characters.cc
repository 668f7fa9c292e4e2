// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/roff_characters.h"

#include <algorithm>
#include <array>
#include <utility>

#include "extract/accents.h"
#include "text/ascii.h"

namespace tome {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Sorted by name. Source: the tables of mandoc_char(7).
// clang-format off
constexpr std::array<Pair, 254> kCharacters = {{
    {"!=", "≠"}, {"%0", "‰"}, {"**", "*"}, {"*A", "Α"}, {"*B", "Β"}, {"*C", "Ξ"}, {"*D", "Δ"},
    {"*E", "Ε"}, {"*F", "Φ"}, {"*G", "Γ"}, {"*H", "Θ"}, {"*I", "Ι"}, {"*K", "Κ"}, {"*L", "Λ"},
    {"*M", "Μ"}, {"*N", "Ν"}, {"*O", "Ο"}, {"*P", "Π"}, {"*Q", "Ψ"}, {"*R", "Ρ"}, {"*S", "Σ"},
    {"*T", "Τ"}, {"*U", "Υ"}, {"*W", "Ω"}, {"*X", "Χ"}, {"*Y", "Η"}, {"*Z", "Ζ"}, {"*a", "α"},
    {"*b", "β"}, {"*c", "ξ"}, {"*d", "δ"}, {"*e", "ε"}, {"*f", "ϕ"}, {"*g", "γ"}, {"*h", "θ"},
    {"*i", "ι"}, {"*k", "κ"}, {"*l", "λ"}, {"*m", "μ"}, {"*n", "ν"}, {"*o", "ο"}, {"*p", "π"},
    {"*q", "ψ"}, {"*r", "ρ"}, {"*s", "σ"}, {"*t", "τ"}, {"*u", "υ"}, {"*w", "ω"}, {"*x", "χ"},
    {"*y", "η"}, {"*z", "ζ"}, {"+-", "±"}, {"+e", "ϵ"}, {"+f", "φ"}, {"+h", "ϑ"}, {"+p", "ϖ"},
    {"-+", "∓"}, {"->", "→"}, {"-D", "Ð"}, {"-h", "ℏ"}, {".i", "ı"}, {".j", "ȷ"}, {"/L", "Ł"},
    {"/O", "Ø"}, {"/_", "∠"}, {"/l", "ł"}, {"/o", "ø"}, {"12", "½"}, {"14", "¼"}, {"18", "⅛"},
    {"34", "¾"}, {"38", "⅜"}, {"3d", "∴"}, {"58", "⅝"}, {"78", "⅞"}, {"<-", "←"}, {"<<", "≪"},
    {"<=", "≤"}, {"<>", "↔"}, {"==", "≡"}, {">=", "≥"}, {">>", "≫"}, {"AE", "Æ"}, {"AN", "∧"},
    {"Ah", "ℵ"}, {"Bq", "„"}, {"CL", "♣"}, {"CR", "↵"}, {"Cs", "¤"}, {"DI", "♦"}, {"Do", "$"},
    {"Eu", "€"}, {"Fc", "»"}, {"Fi", "ffi"}, {"Fl", "ffl"}, {"Fn", "ƒ"}, {"Fo", "«"}, {"HE", "♥"},
    {"IJ", "Ĳ"}, {"Im", "ℑ"}, {"OE", "Œ"}, {"OK", "✓"}, {"OR", "∨"}, {"Of", "ª"}, {"Om", "º"},
    {"Po", "£"}, {"Re", "ℜ"}, {"S1", "¹"}, {"S2", "²"}, {"S3", "³"}, {"SP", "♠"}, {"Sd", "ð"},
    {"TP", "Þ"}, {"Tp", "þ"}, {"Ye", "¥"}, {"a\"", "˝"}, {"a-", "¯"}, {"a.", "˙"}, {"a^", "^"},
    {"aa", "´"}, {"ab", "˘"}, {"ac", "¸"}, {"ad", "¨"}, {"ae", "æ"}, {"ah", "ˇ"}, {"an", "⎯"},
    {"ao", "˚"}, {"ap", "∼"}, {"aq", "'"}, {"at", "@"}, {"ba", "|"}, {"bb", "¦"}, {"bq", "‚"},
    {"br", "│"}, {"bu", "•"}, {"bv", "|"}, {"c*", "⊗"}, {"c+", "⊕"}, {"ca", "∩"}, {"ci", "○"},
    {"co", "©"}, {"coproduct", "∐"}, {"cq", "’"}, {"ct", "¢"}, {"cu", "∪"}, {"dA", "⇓"},
    {"da", "↓"}, {"dd", "‡"}, {"de", "°"}, {"dg", "†"}, {"di", "÷"}, {"dq", "\""}, {"em", "—"},
    {"en", "–"}, {"eq", "="}, {"es", "∅"}, {"eu", "€"}, {"f/", "/"}, {"fa", "∀"}, {"fc", "›"},
    {"ff", "ff"}, {"fi", "fi"}, {"fl", "fl"}, {"fm", "′"}, {"fo", "‹"}, {"ga", "`"}, {"gr", "∇"},
    {"hA", "⇔"}, {"ha", "^"}, {"hbar", "ℏ"}, {"ho", "˛"}, {"hy", "-"}, {"ib", "⊆"}, {"if", "∞"},
    {"ij", "ĳ"}, {"integral", "∫"}, {"ip", "⊇"}, {"is", "∫"}, {"lA", "⇐"}, {"lB", "["},
    {"lC", "{"}, {"la", "⟨"}, {"lc", "⌈"}, {"lf", "⌊"}, {"lh", "☜"}, {"lq", "“"}, {"lz", "◊"},
    {"mc", "µ"}, {"mi", "-"}, {"mo", "∈"}, {"mu", "×"}, {"nb", "⊄"}, {"nc", "⊅"}, {"ne", "≢"},
    {"nm", "∉"}, {"no", "¬"}, {"oA", "Å"}, {"oa", "å"}, {"oe", "œ"}, {"oq", "‘"}, {"or", "|"},
    {"pc", "·"}, {"pd", "∂"}, {"pl", "+"}, {"pp", "⊥"}, {"product", "∏"}, {"ps", "¶"},
    {"pt", "∝"}, {"r!", "¡"}, {"r?", "¿"}, {"rA", "⇒"}, {"rB", "]"}, {"rC", "}"}, {"ra", "⟩"},
    {"rc", "⌉"}, {"rf", "⌋"}, {"rg", "®"}, {"rh", "☞"}, {"rn", "‾"}, {"rq", "”"}, {"rs", "\\"},
    {"ru", "_"}, {"sb", "⊂"}, {"sc", "§"}, {"sd", "″"}, {"sh", "#"}, {"sl", "/"}, {"sp", "⊃"},
    {"sq", "□"}, {"sqrt", "√"}, {"sr", "√"}, {"ss", "ß"}, {"st", "∋"}, {"sum", "∑"}, {"t+-", "±"},
    {"tdi", "÷"}, {"te", "∃"}, {"tf", "∴"}, {"ti", "~"}, {"tm", "™"}, {"tmu", "×"}, {"tno", "¬"},
    {"ts", "ς"}, {"uA", "⇑"}, {"ua", "↑"}, {"ul", "_"}, {"vA", "⇕"}, {"vS", "Š"}, {"vZ", "Ž"},
    {"va", "↕"}, {"vs", "š"}, {"vz", "ž"}, {"wp", "℘"}, {"|=", "≃"},
}};
// clang-format on

constexpr std::array<std::pair<char, char32_t>, 6> kAccents = {
    {{'\'', 0x301}, {'`', 0x300}, {'^', 0x302}, {'~', 0x303}, {':', 0x308}, {',', 0x327}}};

// The number at the beginning of `digits`; 0 when there is none or it is no code point.
char32_t number(std::string_view digits, unsigned base) {
  char32_t value = 0;
  for (const char c : digits.substr(0, 8)) {
    const unsigned digit = c >= '0' && c <= '9'   ? static_cast<unsigned>(c - '0')
                           : c >= 'A' && c <= 'F' ? static_cast<unsigned>(c - 'A') + 10
                           : c >= 'a' && c <= 'f' ? static_cast<unsigned>(c - 'a') + 10
                                                  : base;
    if (digit >= base) break;
    value = value * base + digit;
  }
  return value <= 0x10FFFF ? value : 0;
}

// "u0041_0301": the base, then marks.
std::string code_points(std::string_view name) {
  std::string out;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find('_'), name.size());
    const char32_t value = number(name.substr(0, end), 16);
    if (value == 0) return {};
    if (out.empty()) {
      append_character(out, value);
    } else {
      out = accented(out, value);
    }
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return out;
}

}  // namespace

std::string roff_character(std::string_view name) {
  const auto found =
      std::lower_bound(kCharacters.begin(), kCharacters.end(), name,
                       [](const Pair& pair, std::string_view key) { return pair.first < key; });
  if (found != kCharacters.end() && found->first == name) return std::string(found->second);
  if (name.size() == 2 && is_ascii_letter(name[1])) {
    for (const auto& [sign, mark] : kAccents) {
      if (sign == name[0]) return accented(name.substr(1), mark);
    }
  }
  constexpr std::size_t kLongest = 64;
  if (name.size() > 4 && name.size() < kLongest && name[0] == 'u') {
    return code_points(name.substr(1));
  }
  if (name.substr(0, 4) == "char" && name.size() > 4) {
    std::string out;
    if (const char32_t value = number(name.substr(4), 10); value != 0) append_character(out, value);
    return out;
  }
  return {};
}

}  // namespace tome
