// SPDX-License-Identifier: GPL-2.0-or-later
// Fixture: the watcher, run for real on folders in memory. Each test changes files and waits until
// the index says what it should; how long that takes decides nothing but the length of the test.
#pragma once

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

#include "ingest/watch.h"
#include "update_fixture.h"

namespace tome {

// The kernel, with what can go wrong with it.
class Seam : public Notifier {
 public:
  Seam() : real_(std::move(make_notifier()).value()) {}
  int descriptor() const override { return real_->descriptor(); }
  int add(const std::filesystem::path& folder) override {
    if (left_ == 0) return -ENOSPC;
    --left_;
    return real_->add(folder);
  }
  void remove(int watch) override { real_->remove(watch); }
  std::vector<FolderEvent> read() override {
    std::vector<FolderEvent> events = real_->read();
    if (deaf) events.clear();
    if (overflow.exchange(false)) events.push_back({-1, IN_Q_OVERFLOW, ""});
    return events;
  }
  void allow(int watches) { left_ = watches; }

  std::atomic<bool> deaf{false};      // events are lost
  std::atomic<bool> overflow{false};  // ... and the kernel says so

 private:
  std::unique_ptr<Notifier> real_;
  std::atomic<int> left_{1'000'000};
};

class Watch : public Update {
 protected:
  Watch() {
    stop_ = ::eventfd(0, EFD_CLOEXEC);
    options_.index = serial();
    options_.quiet = std::chrono::milliseconds(20);
    options_.longest = std::chrono::milliseconds(200);
    options_.look = std::chrono::milliseconds(50);
    options_.look_away = std::chrono::milliseconds(50);
    options_.retry = std::chrono::milliseconds(20);
    options_.stop = stop_;
    options_.news = [this](const WatchNews& news) {
      const std::lock_guard<std::mutex> guard(mutex_);
      news_.push_back(news);
    };
  }
  ~Watch() override {
    stop();
    ::close(stop_);
  }

  void start(std::vector<std::filesystem::path> paths) {
    thread_ = std::thread([this, paths] { status_ = watch_index(index_, paths, options_); });
    wait_for("the start", [&] { return heard(WatchNews::What::kStarted) > 0; });
  }
  void start() { start({root_.path()}); }

  void stop() {
    if (!thread_.joinable()) return;
    ask_to_stop();
    thread_.join();
    EXPECT_TRUE(status_.ok()) << status_.error().message;
  }
  void ask_to_stop() const { ASSERT_EQ(::eventfd_write(stop_, 1), 0); }

  void wait_for(const std::string& what, const std::function<bool()>& there) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!there()) {
      if (std::chrono::steady_clock::now() > deadline) {
        ADD_FAILURE() << "did not come: " << what << "\n" << troubles();
        return;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  // Waits until `word` is found in these files, and in no other.
  void expect_found(const std::string& word, const std::string& files) {
    std::string now;
    wait_for(word + " in " + files, [&] { return (now = files_with(index_, word)) == files; });
    EXPECT_EQ(now, files);
  }

  std::size_t heard(WatchNews::What what) {
    const std::lock_guard<std::mutex> guard(mutex_);
    return static_cast<std::size_t>(std::count_if(
        news_.begin(), news_.end(), [&](const WatchNews& news) { return news.what == what; }));
  }
  std::string troubles() {
    const std::lock_guard<std::mutex> guard(mutex_);
    std::string out;
    for (const WatchNews& news : news_) {
      if (news.what == WatchNews::What::kTrouble) {
        out += news.error.message + " (" + news.error.hint + ")\n";
      }
    }
    return out;
  }
  void wait_for_trouble(const std::string& part) {
    wait_for(part, [&] { return troubles().find(part) != std::string::npos; });
  }

  int stop_ = -1;
  WatchOptions options_;
  Status status_ = Ok{};

 private:
  std::thread thread_;
  std::mutex mutex_;
  std::vector<WatchNews> news_;
};

}  // namespace tome
