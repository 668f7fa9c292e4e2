// SPDX-License-Identifier: GPL-2.0-or-later
// The watcher when events are lost, watches are too few, the index is locked, an update fails.
#include "store/files.h"
#include "store/shelf_config.h"
#include "watcher.h"

namespace tome {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

TEST_F(Watch, LostEventsAreMadeUpForByAScan) {
  const auto seam = std::make_shared<Seam>();
  options_.notifier = seam;
  start();
  write("first.md", article("First", "Ferries leave."));
  expect_found("ferries", "first.md");
  seam->deaf = true;
  write("lost/new.md", article("New", "Otters swim."));
  fs::remove(root_ / "one.md");
  wait_for("the reader", [&] {  // it has seen and lost these events
    pollfd fd{seam->descriptor(), POLLIN, 0};
    return ::poll(&fd, 1, 0) == 0;
  });
  EXPECT_EQ(files_with(index_, "otters"), "");
  seam->deaf = false;
  seam->overflow = true;
  expect_found("otters", "lost/new.md");
  expect_found("lanterns", "");
  write("lost/more.md", article("More", "Otters sleep."));  // it is watched now
  expect_found("otters", "lost/more.md lost/new.md");
}

TEST_F(Watch, WithTooFewWatchesItScans) {
  const auto seam = std::make_shared<Seam>();
  options_.notifier = seam;
  options_.scan = milliseconds(50);
  seam->allow(2);  // the index, the root
  start();
  wait_for_trouble("the system lets tome watch only 1 folders");
  EXPECT_NE(troubles().find("sysctl fs.inotify.max_user_watches="), std::string::npos);
  write("sub/new.md", article("New", "Otters swim."));
  expect_found("otters", "sub/new.md");
}

TEST_F(Watch, ALockedIndexIsWaitedFor) {
  start();
  {
    Result<WriterLock> lock = WriterLock::acquire(index_ / "lock", milliseconds(10'000));
    ASSERT_TRUE(lock.ok());
    write("new.md", article("New", "Otters swim."));
    wait_for_trouble("another tome is writing this index");
    write("sub/more.md", article("More", "Otters sleep."));
  }
  expect_found("otters", "new.md sub/more.md");
}

TEST_F(Watch, AFailedUpdateIsTriedAgain) {
  start();
  // So that nothing of the start is under way any more.
  write("new.md", article("New", "Otters swim."));
  expect_found("otters", "new.md");
  std::string pointer;
  {
    Result<WriterLock> lock = WriterLock::acquire(index_ / "lock", milliseconds(10'000));
    ASSERT_TRUE(lock.ok());
    pointer = bytes_of(index_ / "current");
    write_bytes(index_ / "current", "rubbish");
  }
  write("more.md", article("More", "Otters sleep."));
  wait_for_trouble("the index is damaged");
  write_bytes(index_ / "current", pointer);
  expect_found("otters", "more.md new.md");
}

// A loss that was refused kept everything else off the shelf, too.
TEST_F(Watch, ALossIsRefusedAndSaidOnce) {
  for (const char* name : {"a.md", "b.md", "c.md", "d.md"}) {
    write(std::string("sub/") + name, article("More", "Badgers dig."));
  }
  start();
  expect_found("badgers", "sub/a.md sub/b.md sub/c.md sub/d.md");
  const TestFolder elsewhere;  // all go at one instant, however slow the machine is
  fs::rename(root_ / "sub", elsewhere / "sub");
  wait_for_trouble("nothing was changed");
  write("new.md", article("New", "Otters swim."));
  expect_found("otters", "new.md");
  EXPECT_EQ(files_with(index_, "badgers"), "sub/a.md sub/b.md sub/c.md sub/d.md");
  const std::string said = troubles();
  EXPECT_EQ(said.find("nothing was changed"), said.rfind("nothing was changed")) << said;
  fs::rename(elsewhere / "sub", root_ / "sub");
  fs::remove(root_ / "sub/a.md");
  expect_found("badgers", "sub/b.md sub/c.md sub/d.md");  // one is no loss
}

TEST_F(Watch, StoppedInTheFirstUpdateItPublishesNothing) {
  options_.index.progress = [this](const IndexProgress&) {
    ask_to_stop();
    return true;
  };
  EXPECT_TRUE(watch_index(index_, {root_.path()}, options_).ok());
  EXPECT_EQ(heard(WatchNews::What::kStarted), 0u);
  EXPECT_EQ(Reader::open(index_).error().message, "nothing is indexed yet");
}

TEST_F(Watch, WhatCannotPassByItselfEndsIt) {
  EXPECT_EQ(watch_index(index_, {root_ / "none"}, options_).error().code, Code::kNotFound);
  EXPECT_EQ(watch_index(index_, {}, options_).error().code, Code::kNotFound);
}

}  // namespace
}  // namespace tome
