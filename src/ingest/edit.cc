// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/edit.h"

#include <map>
#include <set>

#include "analysis/analyser.h"
#include "store/postings.h"
#include "store/segment.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::uint64_t kSmallSegment = 64u << 20;  // bytes on disk
constexpr std::size_t kMostSmallSegments = 8;
constexpr std::uint64_t kCheapToCompare = 1u << 20;  // bytes of input

// The postings of passages of any language.
class Postings {
 public:
  std::vector<Posting> operator()(const PassageRecord& passage, WordCounts& words) {
    auto analyser = analysers_.find(passage.language);
    if (analyser == analysers_.end()) {
      analyser = analysers_.emplace(passage.language, Analyser(passage.language)).first;
    }
    return maker_.make(analyser->second, passage, words);
  }

 private:
  std::map<std::string, Analyser> analysers_;  // language -> analyser
  PostingMaker maker_;
};

}  // namespace

bool worth_a_copy(const UpdatePlan& plan) {
  if (plan.moved) return true;
  std::uint64_t bytes = 0;
  std::set<std::pair<std::string_view, std::string_view>> files;  // the rows of one count once
  for (const PackedSource& touched : plan.touched) {
    const SourceFields source = touched.fields();
    if (files.emplace(source.root, file_of_source(source.path)).second) bytes += source.size;
  }
  return bytes >= kCheapToCompare;
}

Result<std::vector<SegmentInfo>> edit_segments(const fs::path& index, const Reader& reader,
                                               const UpdatePlan& plan) {
  Result<std::map<std::string, std::size_t>> where = reader.source_segments();
  if (!where) return where.error();
  std::map<std::size_t, SegmentEdit> edits;
  for (const std::string& source : plan.removed) {
    const auto found = where->find(source);
    if (found != where->end()) edits[found->second].removed.push_back(source);
  }
  for (const PackedSource& source : plan.touched) {
    const auto found = where->find(std::string(source.id()));
    if (found != where->end()) edits[found->second].replaced.push_back(source);
  }
  std::vector<SegmentInfo> segments;
  Postings postings;
  const bool times = worth_a_copy(plan);
  for (std::size_t i = 0; i < reader.manifest().segments.size(); ++i) {
    const SegmentInfo& segment = reader.manifest().segments[i];
    const auto edit = edits.find(i);
    if (edit == edits.end() || (edit->second.removed.empty() && !times)) {
      segments.push_back(segment);
      continue;
    }
    Result<SegmentInfo> edited =
        edit_segment(index, segment.id, new_segment_id(), edit->second, std::ref(postings));
    if (!edited) return edited.error();
    if (!edited->id.empty()) segments.push_back(std::move(edited).value());
  }
  return segments;
}

Status merge_small(const fs::path& index, std::vector<SegmentInfo>& segments) {
  std::vector<SegmentInfo> small;
  std::vector<SegmentInfo> large;
  for (SegmentInfo& segment : segments) {
    (segment.bytes < kSmallSegment ? small : large).push_back(segment);
  }
  if (small.size() <= kMostSmallSegments) return Ok{};
  Result<SegmentInfo> merged = merge_segments(index, new_segment_id(), small);
  if (!merged) return merged.error();
  large.push_back(std::move(merged).value());
  segments = std::move(large);
  return Ok{};
}

}  // namespace tome
