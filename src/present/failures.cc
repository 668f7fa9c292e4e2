// SPDX-License-Identifier: GPL-2.0-or-later
// Sources that could not be read.
#include "present/paint.h"
#include "present/terminal.h"

namespace tome {
namespace {

std::string_view again(FailedSource::Again again) {
  switch (again) {
    case FailedSource::Again::kNextUpdate:
      return "has changed: read again by the next tome index";
    case FailedSource::Again::kGone:
      return "is gone: taken off by the next tome index";
    case FailedSource::Again::kWhenChanged:
      break;
  }
  return "read again when it changes";
}

}  // namespace

std::string present_failures(const std::vector<FailedSource>& failures,
                             const TerminalStyle& style) {
  if (failures.empty()) return "Every source could be read.\n";
  std::string out;
  bool waiting = false;
  for (const FailedSource& source : failures) {
    out += clean_name(source.root + "/" + source.path) + '\n';
    out += "  " + clean_line(source.reason) + '\n';
    out += "  " + paint(again(source.again), kDim, style) + '\n';
    waiting = waiting || source.again == FailedSource::Again::kWhenChanged;
  }
  out +=
      '\n' + paint(counted(failures.size(), "source") + " could not be read", kDim, style) + '\n';
  if (waiting) out += "to read them again now: tome index --retry\n";
  return out;
}

}  // namespace tome
