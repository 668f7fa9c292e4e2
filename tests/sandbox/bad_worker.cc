// SPDX-License-Identifier: GPL-2.0-or-later
// A tome-extract that is confined as the real one is, and whose reader is taken over by any file
// that holds one of the words below; other files it reads as plain text.
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include "extract/extract.h"
#include "sandbox/compressed.h"
#include "sandbox/serve.h"
#include "sandbox/wire.h"
#include "sandbox/worker/confine.h"

namespace {

using tome::Document;
using tome::Result;

Document text_document(std::string text) {
  Document document;
  document.format = "text";
  document.text = std::move(text);
  if (!document.text.empty()) {
    document.blocks.emplace_back().end = static_cast<std::uint32_t>(document.text.size());
  }
  return document;
}

void send(const void* bytes, std::size_t size) {
  if (::write(STDOUT_FILENO, bytes, size) < 0) ::_exit(9);
}

// Names what can be done here.
std::string try_all() {
  std::string done;
  const auto note = [&](const char* what, bool did) { done += did ? std::string(what) + " " : ""; };
  const std::string place = "/tmp/tome-bad-worker";
  note("read", ::open("/etc/passwd", O_RDONLY) >= 0);
  note("create", ::open(place.c_str(), O_RDONLY | O_CREAT, 0600) >= 0);
  note("write", ::open("/tmp", O_WRONLY | O_TMPFILE, 0600) >= 0);
  note("null", ::open("/dev/null", O_RDWR) >= 0);
  note("folder", ::mkdir(place.c_str(), 0700) == 0);
  note("unlink", ::unlink(place.c_str()) == 0 || errno != EPERM);
  note("socket", ::socket(AF_INET, SOCK_STREAM, 0) >= 0);
  note("local", ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0);
  note("kill", ::kill(::getppid(), 0) == 0);
  note("queue", ::sigqueue(::getppid(), 0, {}) == 0);
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  note("fork", child > 0);
  char name[] = "/bin/true";
  char* const arguments[] = {name, nullptr};
  ::execv(name, arguments);
  note("exec", errno != EPERM);
  return done;
}

Result<Document> read_badly(std::string_view, tome::Format, std::string_view bytes) {
  const auto says = [&](std::string_view word) { return bytes.find(word) != bytes.npos; };
  if (says("do kill")) ::raise(SIGKILL);
  if (says("do fault")) {
    std::signal(SIGSEGV, SIG_DFL);  // of a sanitizer
    ::raise(SIGSEGV);
  }
  if (says("do exit")) ::_exit(3);
  if (says("do sleep")) ::sleep(1000);
  if (says("do close")) {
    ::close(STDIN_FILENO);
    ::close(STDOUT_FILENO);
    ::sleep(1000);
  }
  if (says("do hog")) {
    std::vector<std::string> all;
    for (;;) all.emplace_back(1 << 20, 'x');
  }
  if (says("do throw")) throw std::runtime_error("no such table");
  if (says("do flood")) return text_document(std::string(9 << 20, 'x'));
  if (says("do escape")) return text_document(try_all());
  if (says("do count")) return text_document(std::to_string(::getpid()));
  if (says("do lie")) {
    const tome::AnswerHead head{UINT64_MAX, UINT64_MAX};
    send(&head, sizeof head);
  }
  if (says("do stall")) {
    const tome::AnswerHead head{10, 10};
    send(&head, sizeof head);
    ::sleep(1000);
  }
  if (says("do drip")) {  // never silent, never done
    const tome::AnswerHead head{1 << 20, 0};
    send(&head, sizeof head);
    for (;;) {
      send("x", 1);
      ::usleep(1000);
    }
  }
  if (says("do trash")) {
    const tome::AnswerHead head{4, 4};
    send(&head, sizeof head);
    send("\x01\xFF\xFF\xFFtext", 8);
  }
  if (says("do disorder")) {
    Document document = text_document("one two");
    document.blocks.resize(2);
    document.blocks[0].begin = 4;
    document.blocks[0].end = 7;
    document.blocks[1].end = 3;
    return document;
  }
  Result<Document> document = tome::extract(tome::Format::kText, bytes);
  return document;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 || !tome::confine_reader(std::strtoull(argv[2], nullptr, 10))) return 2;
  return tome::serve(STDIN_FILENO, read_badly, tome::unpack_text) ? 0 : 1;
}
