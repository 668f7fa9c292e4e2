// SPDX-License-Identifier: GPL-2.0-or-later
// Answers of a reader that a file has taken over: a line is the text, the rest the fields. In the
// text \ is a line end.
#include "sandbox/wire.h"

#include "documents.h"
#include "sandbox/document_check.h"
#include "target.h"

namespace tome::fuzz {

void run_wire(std::string_view bytes) {
  std::string text(take_line(bytes));
  for (char& c : text) c = c == '\\' ? '\n' : c;
  const DecodedAnswer answer = decode_answer(bytes, text, ExtractLimits{});
  if (!answer.result.ok()) {
    require(!answer.result.error().message.empty(), "an error without a message");
    return;
  }
  const Document& document = *answer.result;
  require_none(fault_of(document));
  require(document.text == text, "another text");
  const DecodedAnswer again = decode_answer(encode_answer(document), text, ExtractLimits{});
  require(again.result.ok(), "an answer that cannot be read again");
  require(encode_answer(*again.result) == encode_answer(document), "another answer");
  check_structure(document);
}

}  // namespace tome::fuzz
