// SPDX-License-Identifier: GPL-2.0-or-later
// What bytes of a question are white space and quotes, and what a word looks like from outside.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "query/query.h"

namespace tome::query {

// Length in bytes of the white space character at `at`; 0: there is none.
std::size_t space_at(std::string_view text, std::size_t at);

// Length in bytes of the opening quote at `at`; 0: there is none.
std::size_t quote_at(std::string_view text, std::size_t at);

struct Quoted {
  std::string_view text;  // between the quotes
  std::size_t end = 0;    // behind the closing quote, or of the question
};

// What stands between the quote (or parenthesis, for the value of a field) at `at` and the one that
// closes it.
Quoted quoted_at(std::string_view text, std::size_t at);

// The value of a field at `at` that is not quoted: up to white space or a ) that it did not open.
// Its text is without ? ! , ; at the end, and so possibly empty.
Quoted bare_value_at(std::string_view text, std::size_t at);

// `text` without " and with its white space as single spaces, trimmed: what phrases and values
// keep.
std::string tidy(std::string_view text);

// A known field, its colon and the first byte of a value at `at`.
struct FieldStart {
  Field field;
  std::size_t value;  // where the value begins
};
std::optional<FieldStart> field_at(std::string_view text, std::size_t at);

// + or - that can be an operator: something that can carry it follows.
bool sign_at(std::string_view text, std::size_t at);

// Length of AND, OR or NOT at `at`, not looking at what follows; 0: none of them.
std::size_t operator_at(std::string_view text, std::size_t at);

bool is_prefix_form(std::string_view word);

// Whether `word` at the start of an item would, or together with what follows it could, be read as
// anything else than this word. A backslash in front of such a word is a guard, not text.
bool is_special(std::string_view word);

// Whether `word` must be written with a guard to come back as itself.
bool needs_guard(std::string_view word);

}  // namespace tome::query
