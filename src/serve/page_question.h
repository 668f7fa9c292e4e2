// SPDX-License-Identifier: GPL-2.0-or-later
// Questions as the links of a page change them. Pure. What a link asks always parses to what it
// says; the words of the question stay as they were typed wherever that can be.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/query.h"

namespace tome {

inline constexpr std::size_t kLongestQuestion = 2000;  // bytes; a page repeats it in each link

// The filters that restrict the whole question, in its order.
std::vector<Node> filters_of(std::string_view question);

// The question with one more filter. A work has one kind and one year and a passage one language,
// so a filter of these takes the place of another.
std::string with_filter(std::string_view question, std::string_view field, std::string_view value);

// The question without a filter that filters_of() returned.
std::string without_filter(std::string_view question, const Node& filter);

// The question without any of filters_of().
std::string without_filters(std::string_view question);

// The question with +word for word, which takes the word as it is typed; nothing where + would not
// be understood so.
std::optional<std::string> with_word_as_typed(std::string_view question, std::string_view word);

// "topic: testing"
std::string filter_name(const Node& filter);

}  // namespace tome
