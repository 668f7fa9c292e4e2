// SPDX-License-Identifier: GPL-2.0-or-later
// The code pages of Windows that RTF text is in. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>

struct UConverter;

namespace tome {

// The code page of a font's \fcharset; 0: that of the file; kSymbolPage: no letters.
constexpr int kSymbolPage = -1;
int page_of_charset(int charset);

// "WINDOWS-1251"
std::string page_name(int page);

// Whether `byte` opens a character of two bytes.
bool is_lead_byte(int page, unsigned char byte);

class CodePages {
 public:
  // Appends `bytes` as UTF-8; what cannot be converted becomes U+FFFD and is counted.
  void append(int page, std::string_view bytes, std::string& out);

  std::uint64_t replaced() const { return replaced_; }

 private:
  struct Close {
    void operator()(UConverter* converter) const;
  };
  UConverter* converter(int page);

  std::map<int, std::unique_ptr<UConverter, Close>> converters_;
  std::uint64_t replaced_ = 0;
};

}  // namespace tome
