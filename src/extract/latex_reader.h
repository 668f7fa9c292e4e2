// SPDX-License-Identifier: GPL-2.0-or-later
// LatexReader: one walk over a file of LaTeX, without recursion. latex.cc has the text and its
// groups, latex_commands.cc and latex_environments.cc what commands and environments do. One
// thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "extract/latex_input.h"
#include "extract/latex_names.h"
#include "extract/latex_page.h"
#include "tome/work.h"

namespace tome {

class LatexReader {
 public:
  explicit LatexReader(std::string_view text)
      : input_(text),
        preamble_(text.find("\\begin{document}") != std::string_view::npos),
        parts_(text.find("\\part{") != std::string_view::npos ? 1 : 0) {}

  // The whole document; once.
  Document read() &&;

 private:
  static constexpr std::size_t kLongestMath = 16 << 10;
  static constexpr std::size_t kMostNames = 10'000;

  enum class Group { kPlain, kMono, kNote, kHeading, kTitle, kSubtitle, kAuthor, kDate, kCaption };

  struct OpenGroup {
    Group kind = Group::kPlain;
    bool mono = false;  // typewriter type: hyphens and quotes are what they are
    int level = 0;
    std::uint32_t line = 0;
  };

  // In the preamble nothing is text of the page.
  bool muted() const { return preamble_ && !page_.capturing(); }
  void say(std::string_view text);
  void end_paragraph();
  void end_label();
  bool mono() const { return !groups_.empty() && groups_.back().mono; }
  void step(std::string_view text);
  bool ligature(std::string_view text);
  void comment(std::string_view text);
  void line_end(std::string_view text);
  void open_group(Group kind, int level);
  void close_group();
  void read_authors(std::string_view text);
  void dollar(std::string_view text);
  void math(std::string_view inner, std::uint32_t line, bool display);

  // latex_commands.cc
  void command(std::string_view text);
  void sign(std::string_view both);
  void row_or_line();

  // These answer whether the command was theirs.
  bool raw_text(const std::string& name);
  bool definition(const std::string& name);
  bool structure(const std::string& name);

  void define(const std::string& name, std::string_view body);
  void captured(Group kind, int level);
  void item();
  void include();
  void cite();
  void optional();
  void drop(int arguments);
  void drop_dimension();
  void drop_arguments(const std::string& name);

  // latex_environments.cc: true when the command was \begin or \end
  bool environment(const std::string& name);
  void begin(const std::string& full, std::string_view plain, LatexEnvironment kind,
             std::uint32_t line);
  void other(std::string_view name, std::uint32_t line);
  std::string_view statement(std::string_view name) const;
  void raw(std::string_view name, const std::string& end);

  LatexInput input_;
  LatexPage page_;
  WorkInfo meta_;
  std::vector<std::string> warnings_;
  std::map<std::string, std::shared_ptr<const std::string>> macros_;
  std::map<std::string, std::string> statements_;  // of \newtheorem
  std::map<std::string, bool> verbatims_;  // of fancyvrb; whether commands are commands in them
  std::vector<OpenGroup> groups_;
  std::size_t unseen_ = 0;  // groups opened beyond the bound
  std::size_t label_depth_ = 0;
  std::uint32_t label_line_ = 0;
  bool in_label_ = false;  // within \item[...]
  bool preamble_;
  bool ended_ = false;
  int parts_;  // 1 when the document has parts, which are above the chapters
};

}  // namespace tome
