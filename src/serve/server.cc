// SPDX-License-Identifier: GPL-2.0-or-later
#include "serve/server.h"

#include <microhttpd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

#include "serve/app.h"
#include "serve/listen.h"
#include "serve/target.h"
#include "serve/workers.h"

namespace tome {
namespace {

constexpr std::size_t kConnectionMemory = 64 * 1024;  // holds a request line and all headers
constexpr unsigned kIdleSeconds = 30;                 // without any byte
constexpr std::chrono::milliseconds kLook{250};       // between two looks for slow clients

// One request on its way. Made when its first line is read, gone when its answer is sent, or with
// its connection.
struct Exchange {
  enum State { kHeaders, kWhole, kAnswering, kAnswered };

  std::string target;
  Request request;
  Response response;
  Moment received;
  std::atomic<State> state{kHeaders};
};

std::string lower(const char* text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

MHD_Result add_header(void* headers, MHD_ValueKind /*kind*/, const char* name, const char* value) {
  std::string& joined = (*static_cast<std::map<std::string, std::string>*>(headers))[lower(name)];
  if (!joined.empty()) joined += ", ";  // RFC 9110, 5.3
  joined += value == nullptr ? "" : value;
  return MHD_YES;
}

bool has_body(const Request& request) {
  const auto length = request.headers.find("content-length");
  return request.headers.contains("transfer-encoding") ||
         (length != request.headers.end() && length->second != "0");
}

MHD_Response* native(const Response& response) {
  MHD_Response* out = nullptr;
  if (response.file != nullptr) {
    const int copy = ::dup(response.file->descriptor);  // MHD closes its own
    if (copy < 0) return nullptr;
    out = MHD_create_response_from_fd64(response.file->size, copy);
    if (out == nullptr) ::close(copy);
  } else {
    // The exchange outlives the answer, so nothing need be copied.
    out = MHD_create_response_from_buffer(
        response.body.size(), const_cast<char*>(response.body.data()), MHD_RESPMEM_PERSISTENT);
  }
  if (out == nullptr) return nullptr;
  if (!response.type.empty()) {
    MHD_add_response_header(out, MHD_HTTP_HEADER_CONTENT_TYPE, response.type.c_str());
  }
  for (const auto& [name, value] : response.headers) {
    MHD_add_response_header(out, name.c_str(), value.c_str());  // refuses line breaks
  }
  return out;
}

}  // namespace

struct Server::Impl {
  explicit Impl(ServerOptions given) : options(std::move(given)), peers(options.limits) {}
  ~Impl();

  Status start();
  MHD_Result on_request(MHD_Connection* connection, const char* method, Exchange& exchange);
  MHD_Result hand_over(MHD_Connection* connection, Exchange& exchange);
  void answer(MHD_Connection* connection, Exchange& exchange);
  MHD_Result send(MHD_Connection* connection, Exchange& exchange, bool last);
  void watch();

  ServerOptions options;
  Listening listening;
  std::unique_ptr<App> app;
  Peers peers;
  MHD_Daemon* daemon = nullptr;
  std::unique_ptr<Workers> workers;
  std::atomic<bool> draining{false};

  std::mutex watch_mutex;
  std::condition_variable watch_changed;
  bool watch_stopped = false;
  std::thread watcher;
};

namespace {

// What a connection has at hand. The library does not say of every request that it is completed:
// not of one whose arguments it has no room for (0.9.75).
struct Held {
  std::unique_ptr<Exchange> exchange;
};

Held* held_by(MHD_Connection* connection) {
  const MHD_ConnectionInfo* info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info == nullptr ? nullptr : static_cast<Held*>(info->socket_context);
}

void* on_target(void* /*impl*/, const char* target, MHD_Connection* connection) {
  Held* held = held_by(connection);
  if (held == nullptr) return nullptr;
  held->exchange = std::make_unique<Exchange>();
  held->exchange->target = target;
  return held->exchange.get();
}

void on_connection(void* peers, MHD_Connection* connection, void** context,
                   MHD_ConnectionNotificationCode code) {
  Peers& all = *static_cast<Peers*>(peers);
  if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
    all.close(connection);
    const std::unique_ptr<Held> owner(static_cast<Held*>(*context));
    *context = nullptr;
    return;
  }
  *context = std::make_unique<Held>().release();
  const MHD_ConnectionInfo* info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  if (info != nullptr) all.open(connection, info->connect_fd);
}

void on_completed(void* peers, MHD_Connection* connection, void** exchange,
                  MHD_RequestTerminationCode /*code*/) {
  if (Held* held = held_by(connection); held != nullptr) held->exchange.reset();
  *exchange = nullptr;
  static_cast<Peers*>(peers)->enter(connection, Peers::Phase::kAsking);
}

}  // namespace

// Called when the headers are whole, again when the body is (there is none), again with the answer.
MHD_Result Server::Impl::on_request(MHD_Connection* connection, const char* method,
                                    Exchange& exchange) {
  switch (exchange.state.load(std::memory_order_acquire)) {
    case Exchange::kHeaders: {
      exchange.received = std::chrono::steady_clock::now();
      peers.enter(connection, Peers::Phase::kAnswering);
      exchange.state = Exchange::kWhole;
      exchange.request.method = method;
      MHD_get_connection_values(connection, MHD_HEADER_KIND, add_header, &exchange.request.headers);
      if (!has_body(exchange.request)) return MHD_YES;
      exchange.response = handle_fault(
          *app, 413, {Code::kLimit, "no request has a body here", "the question goes into q=", ""});
      return send(connection, exchange, true);
    }
    case Exchange::kWhole:
      return hand_over(connection, exchange);
    case Exchange::kAnswered:
      return send(connection, exchange, draining);
    case Exchange::kAnswering:
      break;
  }
  return MHD_YES;
}

MHD_Result Server::Impl::hand_over(MHD_Connection* connection, Exchange& exchange) {
  const Status read = read_target(exchange.target, exchange.request);
  if (!read) {
    const bool long_one = read.error().code == Code::kLimit;
    exchange.response = handle_fault(*app, long_one ? 414 : 400, read.error());
    return send(connection, exchange, long_one || draining);
  }
  exchange.state = Exchange::kAnswering;
  MHD_suspend_connection(connection);
  if (workers->hand_over([this, connection, &exchange] { answer(connection, exchange); })) {
    return MHD_YES;
  }
  exchange.response = handle_fault(
      *app, 503, {Code::kLimit, "too many requests wait already", "ask again in a second", ""});
  exchange.state.store(Exchange::kAnswered, std::memory_order_release);
  MHD_resume_connection(connection);
  return MHD_YES;
}

void Server::Impl::answer(MHD_Connection* connection, Exchange& exchange) {
  if (std::chrono::steady_clock::now() - exchange.received > options.patience) {
    exchange.response = handle_fault(
        *app, 503, {Code::kLimit, "the request waited too long", "ask again in a second", ""});
  } else {
    exchange.response = handle(*app, exchange.request, exchange.received);
  }
  exchange.state.store(Exchange::kAnswered, std::memory_order_release);
  MHD_resume_connection(connection);
}

MHD_Result Server::Impl::send(MHD_Connection* connection, Exchange& exchange, bool last) {
  const bool file = exchange.response.file != nullptr;
  MHD_Response* response = native(exchange.response);
  if (response == nullptr) return MHD_NO;
  if (last) MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
  peers.enter(connection, file ? Peers::Phase::kSaving : Peers::Phase::kReading);
  const MHD_Result queued =
      MHD_queue_response(connection, static_cast<unsigned>(exchange.response.status), response);
  MHD_destroy_response(response);
  return queued;
}

void Server::Impl::watch() {
  std::unique_lock lock(watch_mutex);
  while (!watch_changed.wait_for(lock, kLook, [this] { return watch_stopped; })) {
    peers.cut_slow();
  }
}

Status Server::Impl::start() {
  const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
  if (options.threads == 0) options.threads = std::max<std::size_t>(4, 2 * cores);
  AppOptions app_options{options.index, options.synonyms, options.shards, options.threads, {},
                         options.files};
  app_options.guard = listening.guard;
  app_options.guard.token = options.token;
  Result<std::unique_ptr<App>> opened = open_app(std::move(app_options));
  if (!opened) return opened.error();
  app = std::move(opened).value();
  workers = std::make_unique<Workers>(options.threads, options.waiting);
  const MHD_AccessHandlerCallback handler =
      [](void* impl, MHD_Connection* connection, const char* /*url*/, const char* method,
         const char* /*version*/, const char* /*upload*/, std::size_t* size, void** exchange) {
        *size = 0;
        if (*exchange == nullptr) return MHD_NO;
        return static_cast<Impl*>(impl)->on_request(connection, method,
                                                    *static_cast<Exchange*>(*exchange));
      };
  unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_SUSPEND_RESUME;
  if (listening.six) flags |= MHD_USE_IPv6;
  const int socket = std::exchange(listening.socket, -1);               // the daemon closes it
  daemon = MHD_start_daemon(flags, 0, nullptr, nullptr, handler, this,  //
                            MHD_OPTION_LISTEN_SOCKET, socket,           //
                            MHD_OPTION_CONNECTION_LIMIT,
                            static_cast<unsigned>(options.limits.connections),      //
                            MHD_OPTION_CONNECTION_TIMEOUT, kIdleSeconds,            //
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, kConnectionMemory,  //
                            MHD_OPTION_STRICT_FOR_CLIENT, 1,                        //
                            MHD_OPTION_URI_LOG_CALLBACK, on_target, this,           //
                            MHD_OPTION_NOTIFY_COMPLETED, on_completed, &peers,      //
                            MHD_OPTION_NOTIFY_CONNECTION, on_connection, &peers,    //
                            MHD_OPTION_END);
  if (daemon == nullptr) return Error{Code::kIo, "cannot start the server", "", ""};
  watcher = std::thread([this] { watch(); });
  return Ok{};
}

Server::Impl::~Impl() {
  {
    const std::lock_guard lock(watch_mutex);
    watch_stopped = true;
  }
  watch_changed.notify_all();
  if (watcher.joinable()) watcher.join();
  draining = true;
  // MHD stops only when no connection is suspended: all that wait for a thread are answered first.
  if (workers != nullptr) workers->stop();
  if (daemon != nullptr) MHD_stop_daemon(daemon);
  if (listening.socket >= 0) ::close(listening.socket);
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(ServerOptions options) {
  auto impl = std::make_unique<Impl>(std::move(options));
  Result<Listening> listening = listen_at(impl->options.host, impl->options.port);
  if (!listening) return listening.error();
  impl->listening = std::move(listening).value();
  if (!impl->listening.loopback && impl->options.token.empty()) {
    return Error{Code::kUsage, "others than this machine may ask only with a token",
                 "tome serve --host H --token-file F", ""};
  }
  if (Status status = impl->start(); !status) return status.error();
  return std::unique_ptr<Server>(new Server(std::move(impl)));  // its constructor is private
}

const std::string& Server::url() const { return impl_->listening.url; }
std::uint16_t Server::port() const { return impl_->listening.port; }
std::uint64_t Server::generation() const { return impl_->app->pool->generation(); }

bool Server::drain(std::chrono::milliseconds bound) {
  constexpr std::chrono::milliseconds kStep{5};
  const Moment deadline = std::chrono::steady_clock::now() + bound;
  impl_->draining = true;
  const MHD_socket quiet = MHD_quiesce_daemon(impl_->daemon);
  if (quiet != MHD_INVALID_SOCKET) ::close(quiet);
  while (impl_->peers.busy() > 0) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(kStep);
  }
  return true;
}

}  // namespace tome
