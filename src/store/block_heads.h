// SPDX-License-Identifier: GPL-2.0-or-later
// Which documents of a served database are the first of their block (store/passage_block.h): who
// reads over a network asks for that one at once, not for another that leads to it, and once for
// all passages of the block.
//
// Kept in pieces, each of a fixed range of documents, which are fetched when one of these is read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tome {

inline constexpr std::uint32_t kDocumentsAPiece = 1u << 20;

// The piece that tells of a document; documents count from 1.
inline std::uint32_t heads_piece(std::uint32_t document) {
  return (document - 1) / kDocumentsAPiece;
}

// Divides the heads of a database among pieces. A piece begins with the last head before its range,
// whose block may reach into it.
class HeadPieces {
 public:
  // REQUIRES: documents come by rising number.
  void add(std::uint32_t document, bool is_head);
  // The pieces from number 0; at least one.
  std::vector<std::string> take();

 private:
  void end_piece();

  std::vector<std::string> pieces_;
  std::vector<std::uint32_t> heads_;
};

// Rising numbers, sealed.
std::string encode_heads(const std::vector<std::uint32_t>& heads);

// What encode_heads() made; false when it is not that.
bool decode_heads(std::string_view piece, std::vector<std::uint32_t>& heads);

// The last of `heads` that is not beyond the document; 0 when there is none.
std::uint32_t head_of(const std::vector<std::uint32_t>& heads, std::uint32_t document);

}  // namespace tome
