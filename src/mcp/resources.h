// SPDX-License-Identifier: GPL-2.0-or-later
// Resources: works as tome://work/ID, passages as tome://passage/ID.
#pragma once

#include "mcp/json.h"
#include "mcp/session.h"

namespace tome::mcp {

// REQUIRES for all: `params` is an object.
Reply list_resources(Session& session, const Input& params);
Reply list_resource_templates(const Revision& revision, const Input& params);
Reply read_resource(Session& session, const Input& params);

}  // namespace tome::mcp
