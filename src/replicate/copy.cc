// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include <map>
#include <memory>

#include "replicate/channel.h"
#include "replicate/place.h"
#include "replicate/receiver.h"
#include "replicate/transfer.h"
#include "store/generation.h"
#include "store/shelf_config.h"
#include "tome/replicate.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr const char* kPushEach = "tome push --index INDEX/shards/0 HOST:PATH";
constexpr const char* kPullEach = "tome pull --index INDEX HOST:PATH/shards/0";
constexpr int kAttempts = 3;  // when the sender publishes meanwhile and removes what was listed

struct Way {
  Place from, to;
  std::vector<std::string> ssh;
};

Place local(const fs::path& index) { return {"", index.string()}; }

Error nothing_there() {
  return Error{Code::kNotFound, "nothing is indexed there yet", "run there: tome index", ""};
}

// Each shard is a whole index, with a generation and mostly with a machine of its own; all of them
// together are none. `command`: what is to be run for each. What is no index is for others to say.
Status refuse_shards(const fs::path& index, const char* command) {
  const Result<ShelfConfig> config = read_shelf_config(index);
  if (!config || config->shards.empty()) return Ok{};
  const std::string hint = fmt::format("for each of them: {}", command);
  if (config->spread > 0) {
    return Error{Code::kUsage,
                 fmt::format("nothing was copied: this index is spread over {} shards, which are "
                             "copied one by one",
                             config->spread),
                 hint, index.string()};
  }
  const Result<std::uint64_t> generation = current_generation(index);
  if (!generation || *generation > 0) return Ok{};  // it lists itself too
  return Error{Code::kUsage, "nothing was copied: this directory lists shards, it holds no index",
               hint, index.string()};
}

// Copies single files of the index; those that are missing are left out.
Result<Sent> copy_files(const Way& way, std::vector<std::string> files, const char* below_to) {
  RsyncRun run{way.from, way.to, "", below_to, std::move(files), way.ssh, true, true};
  return run_rsync(run);
}

Result<Sent> copy_segments(const Way& way, const Manifest& manifest, const CopyStep& step) {
  std::map<std::string, const SegmentInfo*> by_id;
  for (const SegmentInfo& segment : manifest.segments) by_id[segment.id] = &segment;
  std::vector<SegmentInfo> segments;
  for (const std::string& id : step.wanted) {
    const auto found = by_id.find(id);
    if (found != by_id.end()) segments.push_back(*found->second);
  }
  if (segments.empty()) return Sent{};
  return run_rsync(
      {way.from, way.to, "segments/", "segments/", files_of(segments), way.ssh, step.compare});
}

void add(const Sent& sent, CopyReport& report, std::set<std::string>& segments) {
  report.files += sent.names.size();
  report.bytes += sent.bytes;
  for (const std::string& name : sent.names) segments.insert(name.substr(0, name.find('/')));
  report.copied = segments.size();
}

// Offers the generation to the receiver and copies what it wants, until it has switched.
Result<CopyReport> copy_generation(CopyEnd& receiver, const Way& way, const Manifest& manifest,
                                   const std::string& bytes, bool works) {
  CopyReport report;
  std::set<std::string> segments;
  Result<CopyStep> step = receiver.offer(manifest.generation, bytes);
  while (step && !step->done) {
    const Result<Sent> sent = copy_segments(way, manifest, *step);
    if (!sent) return sent.error();
    add(*sent, report, segments);
    if (works && !step->compare) {
      const Result<Sent> also = copy_files(way, {"works"}, kIncoming);
      if (!also) return also.error();
    }
    step = receiver.copied();
  }
  if (!step) return step.error();
  report.generation = step->report.generation;
  report.passages = step->report.passages;
  report.switched = step->report.switched;
  report.segments = step->report.segments;
  return report;
}

// Options that are not understood, before anything is started.
Result<Way> way_of(const std::string& place, const CopyOptions& options) {
  Result<Place> there = parse_place(place);
  if (!there) return there.error();
  Result<std::vector<std::string>> ssh = parse_ssh(options.ssh);
  if (!ssh) return ssh.error();
  if (Status status = check_remote_program(options.remote_tome); !status) return status.error();
  return Way{*there, {}, std::move(ssh).value()};
}

Result<CopyReport> push_once(const fs::path& index, const Way& way, const CopyOptions& options) {
  Result<Manifest> manifest = read_manifest(index);
  if (!manifest) return manifest.error();
  if (manifest->generation == 0) {
    std::error_code code;
    if (!fs::exists(shelf_config_path(index), code)) return no_index(index);
    return Error{Code::kNotFound, "nothing is indexed yet", "run: tome index", index.string()};
  }
  if (Status status = verify_segments(index, *manifest, 0); !status) return status.error();
  const Result<std::string> bytes = read_file(manifest_path(index, manifest->generation));
  if (!bytes) return bytes.error();
  std::unique_ptr<CopyEnd> receiver;
  if (way.to.host.empty()) {
    Result<Receiver> near = Receiver::open(way.to.path, options);
    if (!near) return near.error();
    receiver = std::make_unique<Receiver>(std::move(near).value());
  } else {
    Result<FarReceiver> far = FarReceiver::open(way.ssh, way.to.host, way.to.path, options);
    if (!far) return far.error();
    receiver = std::make_unique<FarReceiver>(std::move(far).value());
  }
  return copy_generation(*receiver, way, *manifest, *bytes, true);
}

// The generation in force at the other end, with its manifest and `works` copied beside.
Result<Manifest> fetch_manifest(const Way& way, const fs::path& incoming) {
  if (Result<Sent> sent = copy_files(way, {"current"}, kIncoming); !sent) return sent.error();
  const Result<std::uint64_t> number = current_generation(incoming);
  if (!number) return number.error();
  if (*number == 0) {
    if (Result<Sent> sent = copy_files(way, {"shelf.toml"}, kIncoming); !sent) return sent.error();
    const Status shards = refuse_shards(incoming, kPullEach);
    Error error = shards.ok() ? nothing_there() : shards.error();
    error.path = way.from.host.empty() ? way.from.path : rsync_name(way.from, "");
    return error;
  }
  const fs::path file = manifest_path("", *number);
  if (Result<Sent> sent = copy_files(way, {file.string(), "works"}, kIncoming); !sent) {
    return sent.error();
  }
  return read_manifest(incoming, *number);
}

Result<CopyReport> pull_once(const fs::path& index, const Way& way, const CopyOptions& options,
                             std::uint64_t& generation) {
  Result<Receiver> receiver = Receiver::open(index, options);
  if (!receiver) return receiver.error();
  const Result<Manifest> manifest = fetch_manifest(way, receiver->incoming());
  if (!manifest) return manifest.error();
  generation = manifest->generation;
  const Result<std::string> bytes =
      read_file(manifest_path(receiver->incoming(), manifest->generation));
  if (!bytes) return bytes.error();
  return copy_generation(*receiver, way, *manifest, *bytes, false);
}

}  // namespace

Result<CopyReport> push_index(const fs::path& index, const std::string& place,
                              const CopyOptions& options) {
  Result<Way> way = way_of(place, options);
  if (!way) return way.error();
  if (Status status = refuse_shards(index, kPushEach); !status) return status.error();
  way->to = way->from;
  way->from = local(index);
  for (int attempt = 1;; ++attempt) {
    const Result<std::uint64_t> before = current_generation(index);
    Result<CopyReport> report = push_once(index, *way, options);
    if (report || attempt == kAttempts || report.error().code != Code::kIo) return report;
    const Result<std::uint64_t> now = current_generation(index);
    if (!before || !now || *before == *now) return report;
  }
}

Result<CopyReport> pull_index(const fs::path& index, const std::string& place,
                              const CopyOptions& options) {
  Result<Way> way = way_of(place, options);
  if (!way) return way.error();
  if (!options.force) {
    if (Status status = refuse_shards(index, kPullEach); !status) return status.error();
  }
  way->to = local(index);
  std::uint64_t last = 0;
  for (int attempt = 1;; ++attempt) {
    std::uint64_t generation = 0;
    Result<CopyReport> report = pull_once(index, *way, options, generation);
    if (report || attempt == kAttempts || report.error().code != Code::kIo) return report;
    // Once more when it was another generation than the last time: that one has been replaced.
    if (generation == 0 || generation == last) return report;
    last = generation;
  }
}

}  // namespace tome
