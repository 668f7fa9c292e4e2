// SPDX-License-Identifier: GPL-2.0-or-later
// tome export
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <map>
#include <memory>

#include "cli/context.h"
#include "export/feed.h"
#include "export/profile.h"
#include "present/paint.h"
#include "sandbox/descriptor.h"
#include "store/files.h"
#include "store/reader.h"

namespace tome::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBuffer = 1u << 20;  // bytes between two writes

const std::map<std::string, FeedFormat> kFormats = {{"vespa", FeedFormat::kVespa},
                                                    {"opensearch", FeedFormat::kOpenSearch},
                                                    {"jsonl", FeedFormat::kJsonLines}};

struct Called {
  std::string format;
  std::string output;  // empty: standard output
};

// Gathers small pieces; remembers the first error.
class Output {
 public:
  explicit Output(int fd) : fd_(fd) {}

  bool write(std::string_view text) {
    waiting_.append(text);
    return waiting_.size() < kBuffer || flush();
  }
  bool flush() {
    std::string_view rest = waiting_;
    while (!rest.empty() && error_ == 0) {
      const ssize_t n = ::write(fd_, rest.data(), rest.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) error_ = errno;
      if (n > 0) rest.remove_prefix(static_cast<std::size_t>(n));
    }
    waiting_.clear();
    return error_ == 0;
  }
  int error() const { return error_; }

 private:
  int fd_;
  int error_ = 0;
  std::string waiting_;
};

std::string most_spoken(const std::map<std::string, std::uint64_t>& languages) {
  std::string most;
  std::uint64_t passages = 0;
  for (const auto& [language, count] : languages) {
    if (count > passages) most = language, passages = count;
  }
  return most;
}

// Writes the profiles into the folder of the feed; what somebody has changed there stays.
Result<std::string> write_profiles(const fs::path& feed, const std::vector<ProfileFile>& files) {
  std::string said;
  for (const ProfileFile& file : files) {
    const fs::path path = feed.parent_path() / file.name;
    const Result<std::string> there = read_file(path, 1u << 20);
    if (!there && there.error().code != Code::kNotFound && there.error().code != Code::kLimit) {
      return there.error();
    }
    const bool kept = there ? *there != file.text : there.error().code == Code::kLimit;
    if (!kept) {
      if (Status status = write_file_atomically(path, file.text); !status) return status.error();
    }
    said += fmt::format("{}{}\n", clean_line(path.string()),
                        kept ? ": is another already, left as it is" : "");
  }
  return said;
}

// To what is no file to be replaced: standard output, a device, a pipe.
int to_stream(const Context& context, const Reader& reader, FeedFormat format, int fd,
              const std::string& name) {
  Output out(fd);
  const Result<FeedCounts> counts =
      write_feed(reader, format, [&](std::string_view lines) { return out.write(lines); });
  out.flush();
  if (!counts) return fail(context, counts.error());
  if (out.error() == 0 || out.error() == EPIPE) return kFound;
  return fail(context, system_error("write", name, out.error()));
}

// The feed is written beside its place and renamed, so that it is there whole or not at all.
int to_file(const Context& context, const Reader& reader, FeedFormat format,
            const fs::path& output) {
  const fs::path unfinished = fs::path(output) += ".new";
  const Descriptor file(::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  if (!file) return fail(context, system_error("write", unfinished));
  Output out(file.get());
  const Result<FeedCounts> counts =
      write_feed(reader, format, [&](std::string_view lines) { return out.write(lines); });
  const bool written = out.flush();
  std::error_code code;
  if (!counts || !written || ::fsync(file.get()) != 0) {
    const Error error =
        !counts ? counts.error() : system_error("write", unfinished, written ? errno : out.error());
    fs::remove(unfinished, code);
    return fail(context, error);
  }
  fs::rename(unfinished, output, code);
  if (code) return fail(context, system_error("write", output, code.value()));
  const Result<std::string> profiles =
      write_profiles(output, profile_files(format, most_spoken(reader.languages())));
  if (!profiles) return fail(context, profiles.error());
  return print(fmt::format("{}: {} of generation {}, {}\n{}", clean_line(output.string()),
                           counted(counts->passages, "passage"), reader.manifest().generation,
                           size_name(counts->bytes), *profiles));
}

int run(const Context& context, const Called& called) {
  ReaderOptions options;
  options.shards = shard_options(context);
  options.shards.require_all = true;  // a feed of a part would pass for one of the whole
  const Result<Reader> reader = Reader::open_shelf(index_folder(context), options);
  if (!reader) {
    Error error = reader.error();
    if (error.code == Code::kUnreachable) error.hint = "see which do: tome status";
    return fail(context, error);
  }
  const FeedFormat format = kFormats.at(called.format);
  if (called.output.empty()) {
    return to_stream(context, *reader, format, STDOUT_FILENO, "standard output");
  }
  std::error_code code;
  const fs::file_status there = fs::status(called.output, code);
  if (!fs::exists(there) || fs::is_regular_file(there)) {
    return to_file(context, *reader, format, called.output);
  }
  const Descriptor stream(::open(called.output.c_str(), O_WRONLY | O_CLOEXEC));
  if (!stream) return fail(context, system_error("write", called.output));
  return to_stream(context, *reader, format, stream.get(), called.output);
}

}  // namespace

void add_export_command(CLI::App& app, Context& context) {
  auto called = std::make_shared<Called>();
  CLI::App* command =
      app.add_subcommand("export", "Write all passages as a feed for another search engine");
  command->add_option("--format", called->format, "vespa, opensearch, or jsonl (plain)")
      ->required()
      ->check(CLI::IsMember(kFormats));
  command
      ->add_option("--output", called->output,
                   "Write the feed there, and schema and query profile beside it; else the feed "
                   "alone to standard output")
      ->type_name("FILE");
  command->callback(
      [called, &context] { context.run = [called, &context] { return run(context, *called); }; });
}

}  // namespace tome::cli
