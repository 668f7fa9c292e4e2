// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/synonyms.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "text/text.h"

namespace tome {
namespace {

// Words of one line stand for one another. Only pairs that hold in most texts on programming: a
// wrong synonym costs more than a missing one.
constexpr std::string_view kGroups[] = {
    "fast|faster|fastest|quick|quicker|quickly|speed|performance",
    "slow|slower|slowness|slowly|latency",
    "small|smaller|smallest|little",
    "large|larger|largest|big|bigger|biggest",
    "easy|easier|easily|simple|simpler",
    "k8s|kubernetes",
    "i18n|internationalization|internationalisation",
    "l10n|localization|localisation",
    "regex|regexp|regexes|regular expression|regular expressions",
    "js|javascript|ecmascript",
    "ts|typescript",
    "db|dbms|database",
    "postgres|postgresql",
    "repo|repository",
    "config|configuration|settings",
    "auth|authentication|authorization|login",
    "async|asynchronous",
    "multithreading|multithreaded|threads|threading",
    "parallelism|parallel",
    "bug|defect|fault",
    "test|testing|tests",
    "error|exception|failure",
    "beginner|novice|newcomer|beginners",
    "manager|management|managing",
    "boss|manager",
    "job|career",
    "crawler|spider|crawling",
    "picture|image",
    "pictures|images|illustrated",
    "exercise|exercises|problems",
    "maths|math|mathematics",
    "code smell|smell|smells",
    "tech debt|technical debt",
    "deploy|deployment|deploying|ship|release",
    "outage|incident|downtime",
    "encrypt|encryption|cipher",
    "hack|attack|exploit",
    "neural net|neural network|neural networks",
    "lambda|anonymous function|anonymous functions",
    "browser|client-side",
    "devops|operations",
    "microservice|microservices",
    "monolith|monolithic",
};

// Acronym, then what it stands for.
constexpr std::string_view kAcronyms[] = {
    "api|application programming interface",
    "ast|abstract syntax tree",
    "bdd|behaviour driven development",
    "cap|consistency availability partition",
    "ci|continuous integration",
    "cd|continuous delivery",
    "cli|command line interface",
    "cqrs|command query responsibility segregation",
    "crdt|conflict free replicated data type",
    "ddd|domain driven design",
    "di|dependency injection",
    "dns|domain name system",
    "dsl|domain specific language",
    "fp|functional programming",
    "gc|garbage collection",
    "gil|global interpreter lock",
    "gof|gang of four",
    "gpu|graphics processing unit",
    "hmm|hidden markov model",
    "iac|infrastructure as code",
    "ide|integrated development environment",
    "ioc|inversion of control",
    "ipc|interprocess communication",
    "ir|information retrieval",
    "jit|just in time",
    "jvm|java virtual machine",
    "lsm|log structured merge",
    "ml|machine learning",
    "mvc|model view controller",
    "mvcc|multi version concurrency control",
    "nlp|natural language processing",
    "olap|online analytical processing",
    "oltp|online transaction processing",
    "oo|object oriented",
    "oop|object oriented programming",
    "orm|object relational mapping",
    "os|operating system",
    "raii|resource acquisition is initialization",
    "repl|read eval print loop",
    "rl|reinforcement learning",
    "rpc|remote procedure call",
    "slo|service level objective",
    "sre|site reliability engineering",
    "stl|standard template library",
    "svm|support vector machine",
    "tdd|test driven development",
    "tls|transport layer security",
    "uow|unit of work",
    "vcs|version control system",
    "vm|virtual machine",
    "xp|extreme programming",
    "xss|cross site scripting",
};

// Parts of `text` between separators, folded, without empty ones.
std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    std::string part = fold(squeeze(text.substr(0, end)));
    if (!part.empty()) parts.push_back(std::move(part));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

void add_once(std::vector<std::string>& list, const std::string& word) {
  if (std::find(list.begin(), list.end(), word) == list.end()) list.push_back(word);
}

}  // namespace

Synonyms::Synonyms() {
  for (const std::string_view group : kGroups) add_group(split(group, '|'));
  for (const std::string_view acronym : kAcronyms) {
    const std::size_t bar = acronym.find('|');
    add_acronym(std::string(acronym.substr(0, bar)), std::string(acronym.substr(bar + 1)));
  }
}

void Synonyms::add_group(const std::vector<std::string>& group) {
  for (const std::string& word : group) {
    for (const std::string& other : group) {
      if (other != word) add_once(others_[word], other);
    }
  }
}

void Synonyms::add_acronym(const std::string& acronym, const std::string& expansion) {
  add_once(others_[acronym], expansion);
  std::vector<std::string> words = split(expansion, ' ');
  if (words.empty()) return;
  const std::string first = words.front();
  std::vector<Expansion>& list = expansions_[first];
  const bool known = std::any_of(list.begin(), list.end(), [&](const Expansion& one) {
    return one.acronym == acronym && one.words == words;
  });
  if (!known) list.push_back({std::move(words), acronym});
}

std::vector<std::string> Synonyms::add_lines(std::string_view text) {
  std::vector<std::string> odd;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string_view words = line.substr(0, line.find('#'));
    if (words.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const std::size_t colon = words.find(':');
    const std::vector<std::string> group =
        split(colon == std::string_view::npos ? words : words.substr(0, colon), '=');
    const std::vector<std::string> expansion = colon == std::string_view::npos
                                                   ? std::vector<std::string>()
                                                   : split(words.substr(colon + 1), '=');
    if (colon == std::string_view::npos && group.size() >= 2) {
      add_group(group);
    } else if (group.size() == 1 && expansion.size() == 1) {
      add_acronym(group[0], expansion[0]);
    } else {
      odd.push_back(fmt::format("line {}", number));
    }
  }
  return odd;
}

std::vector<std::string> Synonyms::of(const std::string& surface) const {
  std::vector<std::string> list;
  if (const auto found = others_.find(surface); found != others_.end()) list = found->second;
  const std::vector<AcronymCount> learned = learned_.readings(surface);
  std::uint64_t most = 0;
  for (const AcronymCount& one : learned) most = std::max(most, one.count);
  // What an acronym stands for most; a second reading when it is about as usual.
  for (const AcronymCount& one : learned) {
    if (one.count * 2 >= most && list.size() < kMostReadings) add_once(list, one.expansion);
  }
  return list;
}

std::vector<std::string> Synonyms::acronyms_in(const std::vector<std::string>& surfaces) const {
  std::vector<std::string> acronyms;
  for (std::size_t i = 0; i < surfaces.size(); ++i) {
    const auto stand_here = [&](const std::vector<std::string>& words) {
      return words.size() <= surfaces.size() - i &&
             std::equal(words.begin(), words.end(),
                        surfaces.begin() + static_cast<std::ptrdiff_t>(i));
    };
    if (const auto found = expansions_.find(surfaces[i]); found != expansions_.end()) {
      for (const Expansion& one : found->second) {
        if (stand_here(one.words)) add_once(acronyms, one.acronym);
      }
    }
    for (const AcronymCount& one : learned_.beginning_with(surfaces[i])) {
      if (!stand_here(split(one.expansion, ' '))) continue;
      const std::vector<std::string> readings = of(one.acronym);
      if (std::find(readings.begin(), readings.end(), one.expansion) != readings.end()) {
        add_once(acronyms, one.acronym);
      }
    }
  }
  return acronyms;
}

}  // namespace tome
