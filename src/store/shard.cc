// SPDX-License-Identifier: GPL-2.0-or-later
#include "store/shard.h"

#include <fmt/format.h>

#include "store/generation.h"
#include "store/reader_impl.h"
#include "store/served.h"
#include "store/shelf_config.h"

namespace tome {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kClosed = "Connection closed unexpectedly";  // what Xapian says
constexpr std::string_view kNoAnswer = "a shard does not answer: ";

Error nothing_published(const fs::path& index) {
  std::error_code code;
  if (fs::exists(shelf_config_path(index), code)) {
    return Error{Code::kNotFound, "nothing is indexed yet", "run: tome index", index.string()};
  }
  return Error{Code::kNotFound, "there is no index yet", "make one: tome index FOLDER",
               index.string()};
}

void count_languages(Shard& shard) {
  for (const Xapian::Database& database : shard.databases) {
    for (auto term = database.allterms_begin("L"); term != database.allterms_end("L"); ++term) {
      shard.languages[(*term).substr(1)] += term.get_termfreq();
    }
  }
}

unsigned as_milliseconds(std::chrono::milliseconds time) {
  return static_cast<unsigned>(std::max<std::int64_t>(1, time.count()));
}

Xapian::Database connect(const ShardAddress& address, std::chrono::milliseconds timeout) {
  const unsigned most = as_milliseconds(timeout);
  if (address.kind == ShardAddress::Kind::kTcp) {
    return Xapian::Remote::open(address.host, address.port, most, most);
  }
  // Xapian splits the arguments at blanks; parse_shard_address() let none pass. It waits for the
  // program's end when a connection is given up, and ssh does not end while its host is silent: so
  // the program is one that starts ssh and ends, and ssh ends by itself.
  const auto seconds = std::max<std::int64_t>(1, (timeout.count() + 999) / 1000);
  return Xapian::Remote::open(
      "setsid",
      fmt::format("--fork ssh -o BatchMode=yes -o ConnectTimeout={0} -o ServerAliveInterval={0} -o "
                  "ServerAliveCountMax=2 -T {1} xapian-progsrv --timeout 600000 {2}/{3}",
                  seconds, address.host, address.path, kServedStub),
      most);
}

// What an exception says that was thrown while connecting.
Error cannot_connect(const ShardAddress& address, const Xapian::Error& error,
                     std::chrono::milliseconds timeout) {
  std::string reason = reason_of(error, timeout);
  if (address.kind == ShardAddress::Kind::kSsh && error.get_msg() == kClosed) {
    reason = fmt::format("ssh ended before it was connected, see why: ssh {} xapian-progsrv --help",
                         address.host);
  }
  return unreachable(to_string(address), reason);
}

// Connects until there are `connections` in all, or until the server has no place for more. False
// when one of them sees another generation than the first; that one is not taken.
bool add_connections(Shard& shard, const ShardAddress& address, unsigned connections) {
  try {
    while (shard.more.size() + 1 < connections) {
      Xapian::Database another = connect(address, shard.timeout);
      if (another.get_uuid() != shard.identity) return false;
      shard.more.push_back(std::move(another));
    }
  } catch (const Xapian::NetworkTimeoutError&) {
    throw;
  } catch (const Xapian::NetworkError&) {
    // Whether the first is there still will show.
  }
  return true;
}

}  // namespace

Result<std::shared_ptr<Shard>> open_local_shard(const fs::path& index, std::uint64_t most) {
  // A publication between reading the pointer and opening what it names may remove those files:
  // then the pointer has moved, and the newer generation is opened instead.
  for (int attempt = 0;; ++attempt) {
    Result<Manifest> manifest = read_manifest(index);
    if (!manifest) return manifest.error();
    if (manifest->generation == 0) return nothing_published(index);
    auto shard = std::make_shared<Shard>();
    shard->address = index.string();
    shard->manifest = *manifest;
    Status status = verify_segments(index, *manifest, most);
    if (status.ok()) {
      fs::path path = index;
      try {
        for (const SegmentInfo& segment : manifest->segments) {
          path = segment_path(index, segment.id);
          Result<RecordTable> table = RecordTable::open(path);
          if (!table) {
            status = table.error();
            break;
          }
          shard->tables.push_back(std::make_shared<RecordTable>(std::move(table).value()));
          shard->databases.emplace_back(path.string());
          shard->paths.push_back(path);
          shard->identity += segment.id + '\n';
        }
        if (status) {
          count_languages(*shard);
          return shard;
        }
      } catch (const Xapian::Error& error) {
        status = damaged(error, path);
      }
    }
    Result<std::uint64_t> now = current_generation(index);
    if (attempt == 3 || !now.ok() || *now == manifest->generation) return status.error();
  }
}

Result<std::shared_ptr<Shard>> open_remote_shard(const ShardAddress& address,
                                                 std::chrono::milliseconds timeout,
                                                 unsigned connections) {
  constexpr int kAttempts = 3;  // a generation may be published between two connections
  const std::string name = to_string(address);
  try {
    for (int attempt = 0;; ++attempt) {
      auto shard = std::make_shared<Shard>();
      shard->address = name;
      shard->remote = true;
      shard->timeout = timeout;
      shard->databases.push_back(connect(address, timeout));
      shard->paths.emplace_back(name);
      shard->tables.emplace_back();
      const Xapian::Database& first = shard->databases.front();
      shard->identity = first.get_uuid();
      Result<Manifest> manifest = served_manifest(first);
      if (!manifest) {
        Error error = manifest.error();
        error.path = name;
        return error;
      }
      shard->manifest = std::move(manifest).value();
      count_languages(*shard);
      // One connection alone is right too, if slower.
      if (add_connections(*shard, address, connections) || attempt + 1 == kAttempts) return shard;
    }
  } catch (const Xapian::Error& error) {
    return cannot_connect(address, error, timeout);
  }
}

Result<std::string> ask_identity(const ShardAddress& address, std::chrono::milliseconds timeout) {
  try {
    return connect(address, timeout).get_uuid();
  } catch (const Xapian::Error& error) {
    return cannot_connect(address, error, timeout);
  }
}

std::string reason_of(const Xapian::Error& error, std::chrono::milliseconds timeout) {
  const std::string_view type = error.get_type();
  if (type == "NetworkTimeoutError") {
    return fmt::format("no answer within {:g} s", static_cast<double>(timeout.count()) / 1000);
  }
  std::string why = error.get_msg();
  if (error.get_error_string() != nullptr) {
    if (!why.empty()) why += ": ";
    why += error.get_error_string();
  }
  return why.empty() ? std::string(type) : why;
}

Error unreachable(const std::string& address, const std::string& reason) {
  return Error{Code::kUnreachable, std::string(kNoAnswer) + reason, "see which do: tome status",
               address};
}

std::string reason_in(const Error& error) {
  const std::string_view message = error.message;
  return std::string(message.starts_with(kNoAnswer) ? message.substr(kNoAnswer.size()) : message);
}

}  // namespace tome
