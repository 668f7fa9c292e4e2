# SPDX-License-Identifier: GPL-2.0-or-later
# cmake -DIN=file -DOUT=file.cc -DHEADER=serve/x.h -DFUNCTION=name -P embed.cmake
# Writes C++ whose function returns the text of the file. A string literal may be bounded by the
# compiler, so the text stands in pieces.
file(READ ${IN} text)
string(LENGTH "${text}" length)
set(pieces "")
set(at 0)
while(at LESS length)
  string(SUBSTRING "${text}" ${at} 8000 piece)
  string(APPEND pieces "\n    R\"embedded(${piece})embedded\"")
  math(EXPR at "${at} + 8000")
endwhile()
file(WRITE ${OUT} "// SPDX-License-Identifier: GPL-2.0-or-later
// Made from ${IN} by embed.cmake.
#include \"${HEADER}\"

namespace tome {

std::string_view ${FUNCTION}() {
  static constexpr std::string_view kText =${pieces};
  return kText;
}

}  // namespace tome
")
