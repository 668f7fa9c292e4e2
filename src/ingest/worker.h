// SPDX-License-Identifier: GPL-2.0-or-later
// Worker: one source -> records and postings in a chunk.
#pragma once

#include <map>
#include <string>

#include "analysis/analyser.h"
#include "ingest/pipeline.h"
#include "sandbox/extractor.h"
#include "store/postings.h"
#include "store/segment.h"

namespace tome {

// What one thread keeps between sources.
class Worker {
 public:
  // Reads, structures and posts a source; fills in `source`, its record. A source that cannot be
  // read is recorded as failed; an error is one of the chunk.
  Status index(SourceJob& job, SourceRecord& source, ChunkWriter& chunk, WordCounts& words);

 private:
  Status post(const PassageRecord& record, ChunkWriter& chunk, WordCounts& words);
  Status carry(const Carried& carried, const SourceRecord& source, ChunkWriter& chunk,
               WordCounts& words);

  Extractor extractor_;
  std::map<std::string, Analyser> analysers_;  // language -> analyser
  PostingMaker maker_;
};

}  // namespace tome
