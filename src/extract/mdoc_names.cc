// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/mdoc_names.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tome {
namespace {

// Source: mdoc(7).
constexpr std::array<std::string_view, 80> kCallable = {
    "Ac",  "Ad", "An", "Ao", "Ap", "Aq", "Ar", "At", "Bc", "Bo", "Bq", "Brc", "Bro", "Brq",
    "Bsx", "Bx", "Cd", "Cm", "Dc", "Do", "Dq", "Dv", "Dx", "Ec", "Em", "En",  "Eo",  "Er",
    "Ev",  "Fa", "Fc", "Fl", "Fn", "Fo", "Fr", "Ft", "Fx", "Ic", "In", "Lb",  "Li",  "Lk",
    "Lp",  "Ms", "Mt", "Nm", "No", "Ns", "Nx", "Oc", "Oo", "Op", "Ot", "Ox",  "Pa",  "Pc",
    "Pf",  "Po", "Pp", "Pq", "Qc", "Ql", "Qo", "Qq", "Sc", "Sh", "So", "Sq",  "Ss",  "St",
    "Sx",  "Sy", "Ta", "Tn", "Ux", "Va", "Vt", "Xc", "Xo", "Xr"};

struct Fence {
  std::string_view name;
  MdocFence fence;
};

constexpr std::array<Fence, 10> kRest = {{{"Op", {"[", "]"}},
                                          {"Aq", {"<", ">"}},
                                          {"Bq", {"[", "]"}},
                                          {"Brq", {"{", "}"}},
                                          {"Dq", {"\u201C", "\u201D"}},
                                          {"Pq", {"(", ")"}},
                                          {"Qq", {"\"", "\""}},
                                          {"Sq", {"\u2018", "\u2019"}},
                                          {"Ql", {"\u2018", "\u2019"}},
                                          {"En", {"", ""}}}};

constexpr std::array<Fence, 16> kPart = {{{"Oo", {"[", ""}},
                                          {"Oc", {"", "]"}},
                                          {"Ao", {"<", ""}},
                                          {"Ac", {"", ">"}},
                                          {"Bo", {"[", ""}},
                                          {"Bc", {"", "]"}},
                                          {"Bro", {"{", ""}},
                                          {"Brc", {"", "}"}},
                                          {"Do", {"\u201C", ""}},
                                          {"Dc", {"", "\u201D"}},
                                          {"Po", {"(", ""}},
                                          {"Pc", {"", ")"}},
                                          {"Qo", {"\"", ""}},
                                          {"Qc", {"", "\""}},
                                          {"So", {"\u2018", ""}},
                                          {"Sc", {"", "\u2019"}}}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kSystems = {
    {{"Bsx", "BSD/OS"},
     {"Bx", "BSD"},
     {"Dx", "DragonFly"},
     {"Fx", "FreeBSD"},
     {"Nx", "NetBSD"},
     {"Ox", "OpenBSD"},
     {"Ux", "UNIX"},
     {"At", "AT&T UNIX"}}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kStandards = {
    {{"-ansiC", "ANSI X3.159-1989 (ANSI C89)"},
     {"-ansiC-89", "ANSI X3.159-1989 (ANSI C89)"},
     {"-isoC", "ISO/IEC 9899:1990 (ISO C90)"},
     {"-isoC-90", "ISO/IEC 9899:1990 (ISO C90)"},
     {"-isoC-99", "ISO/IEC 9899:1999 (ISO C99)"},
     {"-isoC-2011", "ISO/IEC 9899:2011 (ISO C11)"},
     {"-ieee754", "IEEE Std 754-1985"}}};

template <std::size_t N>
MdocFence find_fence(const std::array<Fence, N>& fences, std::string_view macro) {
  for (const Fence& fence : fences) {
    if (fence.name == macro) return fence.fence;
  }
  return {};
}

}  // namespace

bool mdoc_is_callable(std::string_view word) {
  if (word.size() < 2 || word.size() > 3) return false;
  return std::find(kCallable.begin(), kCallable.end(), word) != kCallable.end();
}

MdocFence mdoc_rest_fence(std::string_view macro) { return find_fence(kRest, macro); }
MdocFence mdoc_part_fence(std::string_view macro) { return find_fence(kPart, macro); }

std::string_view mdoc_system(std::string_view macro) {
  for (const auto& [name, system] : kSystems) {
    if (name == macro) return system;
  }
  return {};
}

std::string mdoc_standard(std::string_view argument) {
  for (const auto& [name, standard] : kStandards) {
    if (name == argument) return std::string(standard);
  }
  if (argument.starts_with("-p1003.")) return "POSIX." + std::string(argument.substr(7));
  if (argument.starts_with("-")) argument.remove_prefix(1);
  return std::string(argument);
}

}  // namespace tome
