// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/packed_source.h"

#include <algorithm>
#include <utility>

namespace tome {
namespace {

// Through a view: what was written is longer inside than it is.
std::string exactly(std::string_view bytes) { return std::string(bytes); }

}  // namespace

PackedSource::PackedSource(const SourceRecord& record) : bytes_(exactly(encode(record))) {}

bool PackedSource::take(std::string_view encoded, PackedSource& source) {
  SourceFields fields;
  if (!decode(encoded, fields)) return false;
  source.bytes_ = exactly(encoded);
  return true;
}

SourceRecord PackedSource::unpack() const {
  SourceRecord record;
  decode(bytes_, record);
  return record;
}

SourceFields PackedSource::fields() const {
  SourceFields fields;
  decode(bytes_, fields);
  return fields;
}

std::string_view PackedSource::text(int number) const {
  Decoder in(bytes_);
  while (number-- > 0) in.text();
  return in.text();
}

bool comes_before(const PackedSource& a, const PackedSource& b) {
  const int order = a.root().compare(b.root());
  return order != 0 ? order < 0 : a.path() < b.path();
}

KnownSources of_root(KnownSources sources, std::string_view root) {
  const auto begin = std::partition_point(sources.begin(), sources.end(),
                                          [&](const auto& each) { return each.root() < root; });
  const auto end = std::partition_point(begin, sources.end(),
                                        [&](const auto& each) { return each.root() == root; });
  return {begin, end};
}

KnownSources from_path(KnownSources sources, std::string_view path) {
  const auto begin = std::partition_point(sources.begin(), sources.end(),
                                          [&](const auto& each) { return each.path() < path; });
  return {begin, sources.end()};
}

const PackedSource* find_path(KnownSources sources, std::string_view path) {
  const KnownSources rest = from_path(sources, path);
  return !rest.empty() && rest.front().path() == path ? &rest.front() : nullptr;
}

}  // namespace tome
