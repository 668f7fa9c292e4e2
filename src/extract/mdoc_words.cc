// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/mdoc_words.h"

#include <utility>

#include "extract/mdoc_names.h"

namespace tome {
namespace {

constexpr std::size_t kMostParameters = 1000;

bool is_closing(const RoffArgument& word) {
  constexpr std::string_view kSigns = ".,:;)]?!";
  return !word.quoted && word.text.size() == 1 && kSigns.find(word.text[0]) != kSigns.npos;
}

bool is_opening(const RoffArgument& word) {
  return !word.quoted && (word.text == "(" || word.text == "[");
}

std::string join(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

}  // namespace

struct MdocWords::Line {
  const std::vector<RoffArgument>& arguments;
  std::size_t at = 0;
  std::size_t end = 0;  // punctuation that closes the line begins here
  MdocText out;
  std::vector<std::string_view> closers;  // of fences around the rest of the line
  bool any = false;                       // a word was put out

  // Whether an argument for the macro itself comes next.
  bool has_word() const {
    return at < end && !is_closing(arguments[at]) &&
           (arguments[at].quoted || !mdoc_is_callable(arguments[at].text));
  }
};

std::string MdocWords::word_at(const Line& line, std::size_t i) const {
  return reader_.decode(line.arguments[i].text).text;
}

void MdocWords::emit(Line& line, std::string_view word) {
  if (!line.any) {
    line.out.joined = glue_;
    line.any = true;
  } else if (!glue_) {
    line.out.text += ' ';
  }
  line.out.text += word;
  glue_ = !spacing_;
}

// Without a space before.
void MdocWords::attach(Line& line, std::string_view word) {
  glue_ = true;
  emit(line, word);
}

// name(parameters), of which .Fo and .Fa lines give the parts.
void MdocWords::function(Line& line) {
  emit(line, function_ + "(" + join(parameters_) + ")" + (synopsis_ ? ";" : ""));
  parameters_.clear();
}

// The words up to the next macro, each as `macro` shows it.
void MdocWords::words(Line& line, std::string_view macro) {
  const bool flag = macro == "Fl";
  for (; line.at < line.end; ++line.at) {
    const RoffArgument& argument = line.arguments[line.at];
    if (!argument.quoted && mdoc_is_callable(argument.text)) return;
    const std::string word = word_at(line, line.at);
    if (is_closing(argument)) {
      attach(line, word);
    } else if (is_opening(argument)) {
      emit(line, word);
      glue_ = true;
    } else if (flag && word != "|") {
      emit(line, "-" + word);
    } else if (macro == "In") {
      emit(line, "<" + word + ">");
    } else {
      emit(line, word);
    }
  }
}

void MdocWords::macro(Line& line, std::string_view macro) {
  if (const MdocFence fence = mdoc_rest_fence(macro); !fence.open.empty()) {
    emit(line, fence.open);
    glue_ = true;
    line.closers.push_back(fence.close);
  } else if (const MdocFence part = mdoc_part_fence(macro); !part.open.empty()) {
    emit(line, part.open);
    glue_ = true;
  } else if (!part.close.empty()) {
    attach(line, part.close);
  } else if (macro == "Ns") {
    glue_ = true;
  } else if (macro == "Pf" || macro == "Eo") {
    if (line.at < line.end) emit(line, word_at(line, line.at++));
    glue_ = true;
  } else if (macro == "Ec") {
    if (line.at < line.end) attach(line, word_at(line, line.at++));
  } else if (macro == "Ap") {
    attach(line, "'");
    glue_ = true;
  } else if (macro == "Xo") {
    line.out.opened = true;
  } else if (macro == "Xc") {
    line.out.opened = false;
  } else if (macro == "Ta") {
    attach(line, "\t");
    glue_ = true;
  } else if (macro == "Xr" && line.has_word()) {
    std::string page = word_at(line, line.at++);
    if (line.has_word()) page += "(" + word_at(line, line.at++) + ")";
    emit(line, page);
  } else if (macro == "Fl" && !line.has_word()) {
    emit(line, "-");
    glue_ = line.at < line.end && !is_closing(line.arguments[line.at]);
  } else if (macro == "Ar" && !line.has_word()) {
    emit(line, "file ...");
  } else if ((macro == "Pa" || macro == "Mt") && !line.has_word()) {
    emit(line, "~");
  } else if (macro == "Nm") {
    if (!line.has_word()) {
      if (!name.empty() && reader_.spend(name.size())) emit(line, name);
    } else if (name.empty()) {
      name = word_at(line, line.at);
    }
  } else if (macro == "Fn" && line.has_word()) {
    function_ = word_at(line, line.at++);
    while (line.has_word()) {
      const std::string parameter = word_at(line, line.at++);
      if (parameters_.size() < kMostParameters) parameters_.push_back(parameter);
    }
    function(line);
  } else if (macro == "Fo") {
    function_ = line.has_word() ? word_at(line, line.at++) : "";
    in_function_ = true;
    parameters_.clear();
  } else if (macro == "Fc") {
    if (std::exchange(in_function_, false)) function(line);
  } else if (macro == "Fa") {
    bool first = true;
    while (line.has_word()) {
      const std::string parameter = word_at(line, line.at++);
      if (in_function_) {
        if (parameters_.size() < kMostParameters) parameters_.push_back(parameter);
        continue;
      }
      if (!first) attach(line, ",");
      emit(line, parameter);
      first = false;
    }
  } else if (macro == "Lk" && line.has_word()) {
    const std::string target = word_at(line, line.at++);
    const bool named = line.has_word();
    while (line.has_word()) emit(line, word_at(line, line.at++));
    emit(line, named ? "<" + target + ">" : target);
  } else if (macro == "An" && line.has_word() && word_at(line, line.at).starts_with("-")) {
    ++line.at;  // -split, -nosplit
  } else if (macro == "Lb" && line.has_word()) {
    std::string library = word_at(line, line.at++);
    const std::string option = library.starts_with("lib") ? library.substr(3) : library;
    emit(line, "library " + library + " (-l" + option + ")");
  } else if (macro == "St" && line.has_word()) {
    emit(line, mdoc_standard(line.arguments[line.at++].text));
  } else if (const std::string_view system = mdoc_system(macro); !system.empty()) {
    std::string text(system);
    if (line.has_word()) {
      const std::string version = word_at(line, line.at++);
      text = macro == "Bx" ? version + text : text + " " + version;
      if (macro == "Bx" && line.has_word()) text += "-" + word_at(line, line.at++);
    }
    emit(line, text);
  }
  words(line, macro);
}

MdocText MdocWords::read(std::string_view name_of, const std::vector<RoffArgument>& arguments) {
  Line line{arguments, 0, arguments.size(), {}, {}, false};
  while (line.end > 0 && is_closing(arguments[line.end - 1])) --line.end;
  macro(line, name_of);
  while (line.at < line.end) macro(line, arguments[line.at++].text);
  while (!line.closers.empty()) {
    attach(line, line.closers.back());
    line.closers.pop_back();
  }
  for (; line.at < arguments.size(); ++line.at) attach(line, word_at(line, line.at));
  return std::move(line.out);
}

bool MdocWords::take_joined() { return std::exchange(glue_, !spacing_); }

}  // namespace tome
