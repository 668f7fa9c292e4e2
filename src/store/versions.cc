// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/versions.h"

#include <unicode/uvernum.h>
#include <xapian.h>

#include "analysis/analyser.h"

namespace tome {

Manifest this_version() {
  Manifest manifest;
  manifest.analyser = kAnalyserVersion;
  manifest.tome = TOME_VERSION;
  manifest.xapian = Xapian::version_string();
  manifest.icu = U_ICU_VERSION;
  return manifest;
}

}  // namespace tome
