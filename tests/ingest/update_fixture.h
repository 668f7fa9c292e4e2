// SPDX-License-Identifier: GPL-2.0-or-later
// A folder of four files and the index made of it.
#pragma once

#include "support/shelf.h"

namespace tome {

inline std::string article(const std::string& title, const std::string& text) {
  return "# " + title + "\n\n" + text + "\n";
}

class Update : public testing::Test {
 protected:
  Update() {
    write("one.md", article("First", "Lanterns glow above the harbour."));
    write("two.md", article("Second", "Kettles whistle in the kitchen."));
    write("sub/three.txt", "Third\n\nA heron waits beside the river.\n");
    write("sub/four.md", article("Fourth", "Granite outlasts the harbour wall."));
  }
  void write(const std::string& name, const std::string& bytes) { root_.write(name, bytes); }
  IndexReport update(const IndexOptions& options = serial()) {
    return expect_update(index_, {root_.path()}, options);
  }

  TestFolder root_;
  TestFolder place_;
  std::filesystem::path index_ = place_ / "index";
};

}  // namespace tome
