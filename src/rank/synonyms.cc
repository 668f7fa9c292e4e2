// SPDX-License-Identifier: GPL-2.0-or-later
#include "rank/synonyms.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

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

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

using Table = std::unordered_map<std::string, std::vector<std::string>>;

Table make_table() {
  Table table;
  const auto add = [&](const std::vector<std::string>& group) {
    for (const std::string& word : group) {
      for (const std::string& other : group) {
        std::vector<std::string>& list = table[word];
        if (other != word && std::find(list.begin(), list.end(), other) == list.end()) {
          list.push_back(other);
        }
      }
    }
  };
  for (const std::string_view group : kGroups) add(split(group, '|'));
  for (const std::string_view acronym : kAcronyms) {
    const std::vector<std::string> pair = split(acronym, '|');
    table[pair[0]].push_back(pair[1]);
  }
  return table;
}

}  // namespace

const std::vector<std::string>& synonyms_of(const std::string& surface) {
  static const Table table = make_table();
  static const std::vector<std::string> none;
  const auto found = table.find(surface);
  return found == table.end() ? none : found->second;
}

std::vector<std::string> acronyms_in(const std::vector<std::string>& surfaces) {
  std::vector<std::string> found;
  for (const std::string_view acronym : kAcronyms) {
    const std::vector<std::string> pair = split(acronym, '|');
    const std::vector<std::string> words = split(pair[1], ' ');
    if (std::search(surfaces.begin(), surfaces.end(), words.begin(), words.end()) !=
        surfaces.end()) {
      found.push_back(pair[0]);
    }
  }
  return found;
}

}  // namespace tome
