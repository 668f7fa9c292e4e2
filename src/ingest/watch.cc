// SPDX-License-Identifier: GPL-2.0-or-later
#include "ingest/watch.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <set>

#include "ingest/pending.h"
#include "ingest/update.h"
#include "ingest/watched.h"
#include "store/shelf_config.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kLongestRetry{60'000};
constexpr milliseconds kPatience{100};  // for the lock: waiting is done where a stop is seen

// Stands in where the system gives no notifier at all: everything is found by scans.
class NoNotifier : public Notifier {
 public:
  int descriptor() const override { return -1; }
  int add(const fs::path&) override { return -ENOSPC; }
  void remove(int) override {}
  std::vector<FolderEvent> read() override { return {}; }
};

class Watcher {
 public:
  Watcher(const fs::path& index, const std::vector<fs::path>& paths, const WatchOptions& options,
          Notifier& notifier)
      : index_(index),
        paths_(paths),
        options_(options),
        notifier_(notifier),
        watched_(index, notifier),
        pending_(options.quiet, options.longest),
        delay_(options.retry) {}

  Status run() {
    Result<IndexReport> first = first_update();
    if (stopped(milliseconds(0))) return Ok{};
    if (!first) return first.error();
    const double seconds = seconds_;
    follow_config();
    WatchNews news{WatchNews::What::kStarted, std::move(first).value(), seconds, 0, {}};
    news.folders = watched_.folders();
    tell(news);
    while (!wait()) {
      take_changes();
      const Clock::time_point now = Clock::now();
      if (pending_.due(now) && now >= retry_at_) update();
    }
    return Ok{};
  }

 private:
  void tell(const WatchNews& news) const {
    if (options_.news) options_.news(news);
  }

  // Says it once until an update succeeds.
  void complain(const Error& error) {
    // A refusal counts what would go, and that may be another number each time.
    const bool refused = error.code == Code::kRefused;
    if (!said_.insert((refused ? error.hint : error.message) + "\n" + error.path).second) return;
    trouble(error);
  }

  void trouble(const Error& error) const {
    WatchNews news;
    news.what = WatchNews::What::kTrouble;
    news.error = error;
    tell(news);
  }

  // Waits so long, or until there are events; whether it is time to stop.
  bool stopped(milliseconds timeout, bool events = false) const {
    pollfd fds[2] = {{options_.stop, POLLIN, 0}, {events ? notifier_.descriptor() : -1, POLLIN, 0}};
    const int ready = ::poll(fds, 2, static_cast<int>(timeout.count()));
    return ready > 0 && fds[0].revents != 0;
  }

  // Failures that may pass by themselves are waited for, as they are later on.
  Result<IndexReport> first_update() {
    while (true) {
      Result<IndexReport> report = timed([&] {
        IndexOptions options = options_.index;
        options.patience = std::min<milliseconds>(options.patience, kPatience);
        options.progress = [&](const IndexProgress& done) {
          return !stopped(milliseconds(0)) &&
                 (!options_.index.progress || options_.index.progress(done));
        };
        return update_index(index_, paths_, options);
      });
      if (report.ok() || stopped(milliseconds(0))) return report;
      const Code code = report.error().code;
      if (code != Code::kLocked && code != Code::kRefused) return report;
      complain(report.error());
      if (stopped(code == Code::kLocked ? options_.retry : next_delay())) return report;
    }
  }

  template <class Run>
  Result<IndexReport> timed(Run run) {
    const Clock::time_point start = Clock::now();
    Result<IndexReport> report = run();
    seconds_ = std::chrono::duration<double>(Clock::now() - start).count();
    return report;
  }

  milliseconds next_delay() {
    const milliseconds delay = delay_;
    delay_ = std::min(delay_ * 2, kLongestRetry);
    return delay;
  }

  // Watches what shelf.toml says now, if that is something else; all of it may have changed.
  void follow_config() {
    Result<ShelfConfig> config = read_shelf_config(index_);
    if (!config) return complain(config.error());  // the old one, until it is mended
    if (watching_ && *config == config_) return;
    config_ = std::move(config).value();
    watching_ = true;
    watched_.set(parts_of(index_, config_, paths_));
    if (watched_.parts().empty()) {
      complain({Code::kNotFound, "nothing that is watched is on the shelf any more",
                "put it there: tome index FOLDER", index_.string()});
    }
    mark_all();
    next_scan_ = Clock::now() + options_.scan;
  }

  void mark(const WatchedPart& part) {
    if (!part.away) pending_.add(part.root, part.part, Clock::now());
  }

  void mark_all() {
    for (const WatchedPart& part : watched_.parts()) mark(part);
    pending_.hurry();
    note_places();
  }

  // Says what is not there and what the system keeps from being watched. A part that has gone from
  // a root that is there is a change of that root.
  void note_places() {
    for (const WatchedPart& part : watched_.parts()) {
      const std::string path = part.path().string();
      if (!part.away) {
        said_away_.erase(path);
      } else if (said_away_.insert(path).second) {
        trouble(
            {Code::kNotFound, "what is watched is not there; waiting until it is back", "", path});
        std::error_code code;
        if (!part.part.empty() && fs::exists(part.base, code)) {
          pending_.add(part.root, part.part, Clock::now());
        }
      }
    }
    if (watched_.short_of_watches() && !said_short_) {
      const auto every = std::chrono::duration_cast<std::chrono::seconds>(options_.scan).count();
      trouble({Code::kLimit,
               fmt::format("the system lets tome watch only {} folders; all are scanned every {} s",
                           watched_.folders(), every),
               "raise it: sysctl fs.inotify.max_user_watches=1048576", ""});
    }
    said_short_ = watched_.short_of_watches();
  }

  milliseconds look_every() const {
    const auto& parts = watched_.parts();
    const bool away =
        std::any_of(parts.begin(), parts.end(), [](const WatchedPart& part) { return part.away; });
    return away ? options_.look_away : options_.look;
  }

  // Until there are events or something is due; whether it is time to stop.
  bool wait() {
    const Clock::time_point now = Clock::now();
    Clock::time_point until = looked_ + look_every();
    if (watched_.short_of_watches()) until = std::min(until, next_scan_);
    if (!pending_.empty()) until = std::min(until, std::max(pending_.due_at(), retry_at_));
    const auto left = std::chrono::ceil<milliseconds>(until - now);
    return stopped(std::max(left, milliseconds(0)), true);
  }

  void take_changes() {
    const Changes changes = watched_.read();
    const Clock::time_point now = Clock::now();
    if (changes.config) follow_config();
    if (changes.lost) {
      watched_.begin_again();
      mark_all();
    }
    for (const auto& [root, paths] : changes.parts) {
      for (const std::string& path : paths) pending_.add(root, path, now);
    }
    if (changes.any()) retry_at_ = now;
    if (changes.places || now >= looked_ + look_every()) look();
    if (watched_.short_of_watches() && now >= next_scan_) {
      watched_.begin_again();
      mark_all();
      next_scan_ = now + options_.scan;
    }
  }

  void look() {
    looked_ = Clock::now();
    for (const std::size_t i : watched_.look()) mark(watched_.parts()[i]);
    note_places();
  }

  // What is pending, of parts that are there or were taken out of a root that is.
  Parts due_parts() const {
    Parts parts = pending_.parts();
    for (const WatchedPart& part : watched_.parts()) {
      if (part.away && part.part.empty()) parts.erase(part.root);
    }
    for (auto& [root, paths] : parts) {
      if (paths.size() <= kMostPaths) continue;
      paths.clear();
      for (const WatchedPart& part : watched_.parts()) {
        if (part.root == root) paths.push_back(part.part);
      }
    }
    return parts;
  }

  Result<IndexReport> update_parts_now(const Parts& parts) {
    return timed([&] {
      IndexOptions options;
      options.workers = options_.index.workers;
      options.memory = options_.index.memory;
      options.patience = kPatience;
      options.progress = [&](const IndexProgress&) { return !stopped(milliseconds(0)); };
      return update_parts(index_, parts, options);
    });
  }

  void update() {
    look();  // a root that has just gone is not to be taken for one that lost its files
    const Parts parts = due_parts();
    if (parts.empty()) return pending_.clear();
    Result<IndexReport> report = update_parts_now(parts);
    if (report.ok()) {
      pending_.clear();
      delay_ = options_.retry;
      said_.clear();
      return tell_updated(*report);
    }
    if (stopped(milliseconds(0))) return;
    const Code code = report.error().code;
    retry_at_ = Clock::now() + (code == Code::kLocked ? options_.retry : next_delay());
    complain(report.error());
    if (code == Code::kRefused) update_files(parts);
  }

  // A loss that is refused does not keep the files that are there off the shelf.
  void update_files(Parts parts) {
    for (const WatchedPart& part : watched_.parts()) {
      std::erase_if(parts[part.root], [&](const std::string& path) {
        std::error_code code;
        return path.empty() || !fs::is_regular_file(part.base / path, code);
      });
    }
    std::erase_if(parts, [](const auto& root) { return root.second.empty(); });
    if (parts.empty()) return;
    if (const Result<IndexReport> report = update_parts_now(parts); report.ok()) {
      tell_updated(*report);
    }
  }

  void tell_updated(const IndexReport& report) const {
    if (report.published) tell({WatchNews::What::kUpdated, report, seconds_, 0, {}});
  }

  static constexpr std::size_t kMostPaths = 200;  // beyond, a scan is cheaper

  const fs::path& index_;
  const std::vector<fs::path>& paths_;
  const WatchOptions& options_;
  Notifier& notifier_;
  Watched watched_;
  Pending pending_;
  ShelfConfig config_;
  bool watching_ = false;
  milliseconds delay_;
  Clock::time_point retry_at_{};
  Clock::time_point looked_ = Clock::now();
  Clock::time_point next_scan_ = Clock::now();
  double seconds_ = 0;
  std::set<std::string> said_;       // complaints
  std::set<std::string> said_away_;  // paths
  bool said_short_ = false;
};

}  // namespace

Status watch_index(const fs::path& index, const std::vector<fs::path>& paths,
                   const WatchOptions& options) {
  std::shared_ptr<Notifier> notifier = options.notifier;
  if (!notifier) {
    Result<std::unique_ptr<Notifier>> made = make_notifier();
    if (made.ok()) {
      notifier = std::move(made).value();
    } else if (made.error().code == Code::kLimit) {
      notifier = std::make_shared<NoNotifier>();
      if (options.news) {
        options.news({WatchNews::What::kTrouble, {}, 0, 0, made.error()});
      }
    } else {
      return made.error();
    }
  }
  return Watcher(index, paths, options, *notifier).run();
}

}  // namespace tome
