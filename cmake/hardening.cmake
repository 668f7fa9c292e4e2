# SPDX-License-Identifier: GPL-2.0-or-later
# What makes a mistake in a release build end the program instead of serving an attacker. Not beside
# sanitizers: they do not see into the checked forms of the C library's functions.
#
# Without -D_GLIBCXX_ASSERTIONS: all of this with it took 5.7 % more instructions to ask, 1.9 % to
# index (tools/bench count).
include(CheckCXXCompilerFlag)

set(hardening
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3  # sizes known only when running are checked too
    -fstack-protector-strong -fPIE)
foreach(flag stack-clash-protection cf-protection)  # not on every machine
  string(MAKE_C_IDENTIFIER TOME_HAS_${flag} known)
  check_cxx_compiler_flag(-f${flag} ${known})
  if(${known})
    list(APPEND hardening -f${flag})
  endif()
endforeach()
add_compile_options("$<$<CONFIG:Release>:${hardening}>")
add_link_options(
  "$<$<CONFIG:Release>:-Wl,-z,relro,-z,now;$<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>>")
