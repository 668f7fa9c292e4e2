// SPDX-License-Identifier: GPL-2.0-or-later
// The talk between a pusher and the receiver on the other machine: one JSON object a line.
//
//   pusher    {"index": PATH, "force": false, "all": false, "patience": MS,
//              "generation": 42, "manifest": TEXT}
//   receiver  {"wanted": [ID...], "compare": false} or {"done": {...}} or {"error": {...}}
//   pusher    {"copied": true}            after each "wanted"
//
// Nothing that a person typed stands in the command that ssh runs there, which a shell reads.
#pragma once

#include <string>
#include <vector>

#include "replicate/receiver.h"
#include "sandbox/descriptor.h"
#include "sandbox/process.h"

namespace tome {

// A Receiver that `ssh HOST TOME receive-push` made there.
class FarReceiver final : public CopyEnd {
 public:
  static Result<FarReceiver> open(const std::vector<std::string>& ssh, const std::string& host,
                                  const std::string& path, const CopyOptions& options);
  Result<CopyStep> offer(std::uint64_t generation, const std::string& manifest) override;
  Result<CopyStep> copied() override;

 private:
  FarReceiver(Process process, Descriptor stream, std::string host, std::string path,
              CopyOptions options)
      : process_(std::move(process)),
        stream_(std::move(stream)),
        host_(std::move(host)),
        path_(std::move(path)),
        options_(std::move(options)) {}
  Result<CopyStep> ask(const std::string& line);

  Process process_;
  Descriptor stream_;
  std::string host_;
  std::string path_;
  CopyOptions options_;
  std::string unread_;
};

}  // namespace tome
