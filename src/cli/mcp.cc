// SPDX-License-Identifier: GPL-2.0-or-later
// tome mcp
#include <unistd.h>

#include <csignal>
#include <cstdio>

#include "cli/context.h"
#include "mcp/serve.h"

namespace tome::cli {
namespace {

constexpr const char* kFooter =
    "For an assistant that starts it: messages of the Model Context Protocol, one a line, on\n"
    "standard input and output. Its configuration:\n"
    "  {\"mcpServers\": {\"tome\": {\"command\": \"tome\", \"args\": [\"mcp\"]}}}";

// Nothing is kept between messages that would have to be written.
extern "C" void leave(int) { ::_exit(kFound); }

int serve_assistant(const Context& context) {
  struct sigaction action = {};
  action.sa_handler = leave;
  ::sigaction(SIGTERM, &action, nullptr);
  if (::isatty(STDIN_FILENO) == 1) {
    std::fputs(
        "tome: waiting for messages of the Model Context Protocol; Ctrl-D ends it\n"
        "try: tome mcp --help\n",
        stderr);
  }
  mcp::Session session;
  session.index = index_folder(context);
  session.synonyms = synonym_file();
  session.shards = shard_options(context);
  session.version = TOME_VERSION;
  const Status status = mcp::serve(session, STDIN_FILENO, STDOUT_FILENO);
  return status ? kFound : fail(context, status.error());
}

}  // namespace

void add_mcp_command(CLI::App& app, Context& context) {
  CLI::App* command =
      app.add_subcommand("mcp", "Serve the shelf to an assistant (Model Context Protocol)");
  command->footer(kFooter);
  command->callback([&context] { context.run = [&context] { return serve_assistant(context); }; });
}

}  // namespace tome::cli
