-- SPDX-License-Identifier: GPL-2.0-or-later
-- For wrk: each line of a file once, shared among the threads; ends with a line of JSON.
local threads = 0

function setup(thread)
  thread:set("first", threads)
  threads = threads + 1
end

function init(args)
  lines = {}
  local number = 0
  for line in io.lines(args[1]) do
    if number % 2 == first then lines[#lines + 1] = line end
    number = number + 1
  end
  at = 0
end

function request()
  at = at + 1
  if at > #lines then at = 1 end
  return wrk.format("GET", "/api/v1/search?q=" .. lines[at])
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "seconds": %.3f, "p50": %.3f, "p90": %.3f, "p99": %.3f, "max": %.3f, "errors": %d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(90) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
