# SPDX-License-Identifier: GPL-2.0-or-later
# Writes the files of a folder as C++: cmake -DFOLDER=... -DOUTPUT=... -P embed_assets.cmake
set(type_css "text/css; charset=utf-8")
set(type_js "text/javascript; charset=utf-8")
set(type_svg "image/svg+xml")

file(GLOB files ${FOLDER}/*)
list(SORT files)
set(bytes "")
set(entries "")
foreach(file ${files})
  get_filename_component(name ${file} NAME)
  string(REGEX REPLACE ".*\\." "" ending ${name})
  string(MAKE_C_IDENTIFIER ${name} identifier)
  if(NOT type_${ending})
    message(FATAL_ERROR "${file}: embed_assets.cmake knows no media type for .${ending}")
  endif()
  file(SHA256 ${file} hash)
  string(SUBSTRING ${hash} 0 16 hash)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "(..)" "0x\\1," hex "${hex}")
  string(REGEX REPLACE "(0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,0x..,)" "\\1\n"
         hex "${hex}")
  string(APPEND bytes "constexpr unsigned char ${identifier}[] = {${hex}};\n")
  string(APPEND entries "    {\"${name}\", \"${type_${ending}}\",\n"
                        "     {reinterpret_cast<const char*>(${identifier}), sizeof ${identifier}},\n"
                        "     \"${hash}\", \"/assets/${name}?v=${hash}\"},\n")
endforeach()
file(WRITE ${OUTPUT} "// Made by embed_assets.cmake from src/serve/assets.
#include \"serve/page_assets.h\"

namespace tome {
namespace {

${bytes}
const Asset kAssets[] = {
${entries}};

}  // namespace

std::span<const Asset> assets() { return kAssets; }

}  // namespace tome
")
