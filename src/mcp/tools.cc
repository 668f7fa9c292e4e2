// SPDX-License-Identifier: GPL-2.0-or-later
#include "mcp/tools.h"

#include <algorithm>

#include "mcp/plain.h"

namespace tome::mcp {
namespace {

Json describe(const Tool& tool, const Revision& revision) {
  Json out = {{"name", tool.name}};
  if (revision.structured) out["title"] = tool.title;
  out["description"] = tool.description;
  out["inputSchema"] = tool.input;
  if (revision.structured) out["outputSchema"] = tool.output;
  if (revision.annotations) {
    out["annotations"] = {{"title", tool.title},
                          {"readOnlyHint", true},
                          {"idempotentHint", true},
                          {"openWorldHint", false}};
  }
  return out;
}

Json text_content(std::string text) {
  return Json::array({{{"type", "text"}, {"text", std::move(text)}}});
}

Json failure(std::string text) {
  return {{"content", text_content(std::move(text))}, {"isError", true}};
}

}  // namespace

const std::vector<Tool>& all_tools() {
  static const std::vector<Tool> tools = {search_passages_tool(), best_books_tool(),
                                          read_passage_tool(), similar_passages_tool(),
                                          list_works_tool()};
  return tools;
}

Reply list_tools(const Revision& revision, const Input& params) {
  if (params.contains("cursor")) {
    return Fault{kInvalidParams, "the cursor is unknown: all tools stand on one page"};
  }
  Json tools = Json::array();
  for (const Tool& tool : all_tools()) tools.push_back(describe(tool, revision));
  return Json{{"tools", std::move(tools)}};
}

Reply call_tool(Session& session, const Input& params) {
  const auto name = params.find("name");
  if (name == params.end() || !name->is_string()) {
    return Fault{kInvalidParams, "name must be a string"};
  }
  const auto& tools = all_tools();
  const auto tool = std::find_if(tools.begin(), tools.end(),
                                 [&](const Tool& each) { return *name == each.name; });
  if (tool == tools.end()) {
    return Fault{kInvalidParams, "there is no tool " + name->get<std::string>()};
  }
  const auto given = params.find("arguments");
  if (given != params.end() && !given->is_object()) {
    return Fault{kInvalidParams, "arguments must be an object"};
  }
  const Input values = given == params.end() ? Input::object() : *given;
  Arguments arguments(values);
  Result<Called> called = tool->call(session, arguments);
  if (!arguments.wrong().empty()) {
    if (!session.revision->arguments_to_tool) return Fault{kInvalidParams, arguments.wrong()};
    return failure(arguments.wrong() + '\n');
  }
  if (!called) return failure(plain_error(called.error()));
  const std::string unknown = arguments.unknown();
  if (!unknown.empty())
    called->text += "note: arguments that this tool does not have: " + unknown + '\n';
  Json out = {{"content", text_content(std::move(called->text))}};
  if (session.revision->structured) out["structuredContent"] = std::move(called->structured);
  return out;
}

Json schema_text(const char* description) {
  return {{"type", "string"}, {"description", description}};
}

Json schema_number(const char* description, int least, int most, int fallback) {
  return {{"type", "integer"},
          {"description", description},
          {"minimum", least},
          {"maximum", most},
          {"default", fallback}};
}

Json schema_flag(const char* description) {
  return {{"type", "boolean"}, {"description", description}, {"default", false}};
}

Json schema_list(Json items, const char* description) {
  return {{"type", "array"}, {"items", std::move(items)}, {"description", description}};
}

Json schema_object(Json properties, const std::vector<std::string>& needed) {
  Json out = {{"type", "object"}, {"properties", std::move(properties)}};
  if (!needed.empty()) out["required"] = needed;
  return out;
}

}  // namespace tome::mcp
