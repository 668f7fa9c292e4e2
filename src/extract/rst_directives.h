// SPDX-License-Identifier: GPL-2.0-or-later
// What the directives of docutils, Sphinx and the Linux kernel's documentation mean to a reader.
// Pure functions.
#pragma once

#include <string>
#include <string_view>

namespace tome {

enum class RstUse {
  kDrop,       // holds no text for a reader
  kContent,    // its content is read, its argument is none
  kTitled,     // the argument is a paragraph before the content
  kNote,       // `lead` stands before the content, which begins on the directive's own line
  kVersion,    // a note whose first word is a version: `lead` + version + ": "
  kVersions,   // the same with two versions
  kCode,       // a code block
  kMarked,     // a code block with inline markup
  kRows,       // list-table, flat-table
  kCsv,        // csv-table
  kModule,     // sets the module that names are in
  kKeywords,   // meta
  kSignature,  // describes what the argument names: function, class, option ...
};

struct RstDirective {
  RstUse use = RstUse::kSignature;
  std::string_view lead;
};

// Unknown directives are signatures when they have an argument; their content is always read.
RstDirective rst_directive(std::string_view name);

// A signature as it is shown and the anchor that Sphinx gives it. `scope` is the class around it
// ("module.Class" or "Class"), `module` the module.
struct RstSignature {
  std::string text;
  std::string anchor;
  std::string name;  // as it scopes what stands in it: "contextlib.ExitStack"
};
RstSignature rst_signature(std::string_view directive, std::string_view argument,
                           std::string_view module, std::string_view scope);

}  // namespace tome
