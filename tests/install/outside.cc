// SPDX-License-Identifier: GPL-2.0-or-later
#include <tome/index.h>
#include <tome/search.h>

#include <cstdio>

// outside INDEX FOLDER QUESTION: indexes the folder and prints the best passage.
int main(int, char** arguments) {
  auto report = tome::update_index(arguments[1], {arguments[2]}, {});
  if (!report) return std::puts(report.error().message.c_str()), 1;
  auto shelf = tome::Shelf::open(arguments[1]);
  if (!shelf) return std::puts(shelf.error().message.c_str()), 1;
  auto answer = shelf->search(arguments[3]);
  if (!answer || answer->hits.empty()) return std::puts("no answer"), 1;
  return std::puts(answer->hits[0].snippet.text.c_str()) < 0;
}
