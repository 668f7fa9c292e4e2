// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/rst_directives.h"

#include <algorithm>
#include <array>
#include <utility>

#include "extract/markup.h"

namespace tome {

using namespace markup;

namespace {

struct Known {
  std::string_view name;
  RstDirective directive;
};

constexpr std::array<Known, 102> kKnown = {{
    {"note", {RstUse::kNote, "Note: "}},
    {"warning", {RstUse::kNote, "Warning: "}},
    {"tip", {RstUse::kNote, "Tip: "}},
    {"hint", {RstUse::kNote, "Hint: "}},
    {"important", {RstUse::kNote, "Important: "}},
    {"caution", {RstUse::kNote, "Caution: "}},
    {"danger", {RstUse::kNote, "Danger: "}},
    {"error", {RstUse::kNote, "Error: "}},
    {"attention", {RstUse::kNote, "Attention: "}},
    {"seealso", {RstUse::kNote, "See also: "}},
    {"todo", {RstUse::kNote, "To do: "}},
    {"impl-detail", {RstUse::kNote, "Implementation detail: "}},
    {"availability", {RstUse::kNote, "Availability: "}},
    {"versionadded", {RstUse::kVersion, "New in version "}},
    {"versionchanged", {RstUse::kVersion, "Changed in version "}},
    {"versionremoved", {RstUse::kVersion, "Removed in version "}},
    {"deprecated", {RstUse::kVersion, "Deprecated since version "}},
    {"soft-deprecated", {RstUse::kVersion, "Soft deprecated since version "}},
    {"deprecated-removed", {RstUse::kVersions, "Deprecated since version "}},
    {"code-block", {RstUse::kCode, ""}},
    {"code", {RstUse::kCode, ""}},
    {"sourcecode", {RstUse::kCode, ""}},
    {"doctest", {RstUse::kCode, ""}},
    {"testcode", {RstUse::kCode, ""}},
    {"testoutput", {RstUse::kCode, ""}},
    {"prompt", {RstUse::kCode, ""}},
    {"ipython", {RstUse::kCode, ""}},
    {"console", {RstUse::kCode, ""}},
    {"math", {RstUse::kCode, ""}},
    {"parsed-literal", {RstUse::kMarked, ""}},
    {"productionlist", {RstUse::kMarked, ""}},
    {"list-table", {RstUse::kRows, ""}},
    {"flat-table", {RstUse::kRows, ""}},
    {"csv-table", {RstUse::kCsv, ""}},
    {"module", {RstUse::kModule, ""}},
    {"currentmodule", {RstUse::kModule, ""}},
    {"py:module", {RstUse::kModule, ""}},
    {"py:currentmodule", {RstUse::kModule, ""}},
    {"meta", {RstUse::kKeywords, ""}},
    {"admonition", {RstUse::kTitled, ""}},
    {"topic", {RstUse::kTitled, ""}},
    {"sidebar", {RstUse::kTitled, ""}},
    {"rubric", {RstUse::kTitled, ""}},
    {"centered", {RstUse::kTitled, ""}},
    {"table", {RstUse::kTitled, ""}},
    {"tab", {RstUse::kTitled, ""}},
    {"tab-item", {RstUse::kTitled, ""}},
    {"dropdown", {RstUse::kTitled, ""}},
    {"card", {RstUse::kTitled, ""}},
    {"grid-item-card", {RstUse::kTitled, ""}},
    {"glossary", {RstUse::kContent, ""}},
    {"figure", {RstUse::kContent, ""}},
    {"kernel-figure", {RstUse::kContent, ""}},
    {"container", {RstUse::kContent, ""}},
    {"rst-class", {RstUse::kContent, ""}},
    {"cssclass", {RstUse::kContent, ""}},
    {"compound", {RstUse::kContent, ""}},
    {"epigraph", {RstUse::kContent, ""}},
    {"highlights", {RstUse::kContent, ""}},
    {"pull-quote", {RstUse::kContent, ""}},
    {"hlist", {RstUse::kContent, ""}},
    {"ifconfig", {RstUse::kContent, ""}},
    {"tabs", {RstUse::kContent, ""}},
    {"tab-set", {RstUse::kContent, ""}},
    {"grid", {RstUse::kContent, ""}},
    {"header", {RstUse::kDrop, ""}},
    {"footer", {RstUse::kDrop, ""}},
    {"image", {RstUse::kDrop, ""}},
    {"kernel-image", {RstUse::kDrop, ""}},
    {"kernel-render", {RstUse::kDrop, ""}},
    {"kernel-doc", {RstUse::kDrop, ""}},
    {"kernel-include", {RstUse::kDrop, ""}},
    {"kernel-abi", {RstUse::kDrop, ""}},
    {"kernel-feat", {RstUse::kDrop, ""}},
    {"maintainers-include", {RstUse::kDrop, ""}},
    {"graphviz", {RstUse::kDrop, ""}},
    {"digraph", {RstUse::kDrop, ""}},
    {"plot", {RstUse::kDrop, ""}},
    {"toctree", {RstUse::kDrop, ""}},
    {"index", {RstUse::kDrop, ""}},
    {"contents", {RstUse::kDrop, ""}},
    {"sectnum", {RstUse::kDrop, ""}},
    {"only", {RstUse::kDrop, ""}},
    {"raw", {RstUse::kDrop, ""}},
    {"include", {RstUse::kDrop, ""}},
    {"literalinclude", {RstUse::kDrop, ""}},
    {"highlight", {RstUse::kDrop, ""}},
    {"program", {RstUse::kDrop, ""}},
    {"c:namespace", {RstUse::kDrop, ""}},
    {"tabularcolumns", {RstUse::kDrop, ""}},
    {"sectionauthor", {RstUse::kDrop, ""}},
    {"moduleauthor", {RstUse::kDrop, ""}},
    {"codeauthor", {RstUse::kDrop, ""}},
    {"role", {RstUse::kDrop, ""}},
    {"default-role", {RstUse::kDrop, ""}},
    {"default-domain", {RstUse::kDrop, ""}},
    {"audit-event", {RstUse::kDrop, ""}},
    {"audit-event-table", {RstUse::kDrop, ""}},
    {"testsetup", {RstUse::kDrop, ""}},
    {"testcleanup", {RstUse::kDrop, ""}},
    {"title", {RstUse::kDrop, ""}},
    {"unicode", {RstUse::kDrop, ""}},
}};

// Directives of Python's domain, with the word that Sphinx shows before a name.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kPython = {{
    {"function", ""},
    {"method", ""},
    {"class", "class "},
    {"exception", "exception "},
    {"attribute", ""},
    {"property", ""},
    {"data", ""},
    {"decorator", "@"},
    {"decoratormethod", "@"},
    {"classmethod", ""},
    {"staticmethod", ""},
    {"abstractmethod", ""},
    {"coroutinefunction", "coroutine "},
    {"coroutinemethod", "coroutine "},
    {"awaitablefunction", "awaitable "},
    {"awaitablemethod", "awaitable "},
}};

std::string_view last_word(std::string_view text) {
  const std::size_t space = text.rfind(' ');
  if (space != std::string_view::npos) text.remove_prefix(space + 1);
  while (text.size() > 1 && (text[0] == '*' || text[0] == '&')) text.remove_prefix(1);
  return text;
}

std::string joined(std::string_view before, std::string_view name) {
  return before.empty() ? std::string(name) : std::string(before) + "." + std::string(name);
}

}  // namespace

RstDirective rst_directive(std::string_view name) {
  for (const Known& known : kKnown) {
    if (known.name == name) return known.directive;
  }
  return {};
}

RstSignature rst_signature(std::string_view directive, std::string_view argument,
                           std::string_view module, std::string_view scope) {
  RstSignature signature;
  argument = trim(argument);
  signature.text = argument;
  const std::string_view name = last_word(trim(argument.substr(0, argument.find('('))));
  if (directive.starts_with("c:")) {
    signature.anchor = "c." + std::string(name);
    return signature;
  }
  if (directive.starts_with("py:")) directive.remove_prefix(3);
  if (directive == "envvar") signature.anchor = "envvar-" + std::string(name);
  if (directive == "opcode") signature.anchor = "opcode-" + std::string(name);
  for (const auto& [known, word] : kPython) {
    if (known != directive) continue;
    const bool inside =
        name.size() > scope.size() && name.starts_with(scope) && name[scope.size()] == '.';
    const std::string_view before = scope.empty() ? module : inside ? std::string_view() : scope;
    signature.name = joined(before, name);
    signature.anchor = signature.name;
    const std::size_t at = static_cast<std::size_t>(name.data() - argument.data());
    signature.text = std::string(word) + std::string(argument.substr(0, at)) + signature.name +
                     std::string(argument.substr(at + name.size()));
  }
  return signature;
}

}  // namespace tome
