// SPDX-License-Identifier: GPL-2.0-or-later
#include "mcp/resources.h"

#include <fmt/format.h>

#include <algorithm>

#include "mcp/describe.h"
#include "mcp/plain.h"
#include "mcp/view.h"
#include "present/paint.h"

namespace tome::mcp {
namespace {

constexpr std::size_t kPageSize = 50;
constexpr const char* kPlainText = "text/plain";
constexpr std::string_view kWorkPrefix = "tome://work/";
constexpr std::string_view kPassagePrefix = "tome://passage/";

Fault trouble(const Error& error) {
  std::string message = plain_error(error);
  message.pop_back();
  std::replace(message.begin(), message.end(), '\n', ';');
  return Fault{kInternalError, std::move(message)};
}

Json resource(const WorkView& view, const Revision& revision) {
  const WorkInfo& info = view.work.info;
  const std::string untitled = view.files.empty() ? "(untitled)" : view.files.front();
  const std::string title = plain_title_alone(info, untitled);
  Json out = {{"uri", work_address(view.work.id)}, {"name", title}};
  if (revision.structured) out["title"] = title;
  std::string about =
      fmt::format("{}, {}", kind_name(info.kind), counted(view.passages, "passage"));
  const std::string authors = plain_list(info.authors, ", ", 5);
  if (!authors.empty()) about += "; by " + authors;
  if (info.year != 0) about += fmt::format(", {}", info.year);
  const std::string topics = plain_list(info.topics, ", ");
  if (!topics.empty()) about += "; topics: " + topics;
  out["description"] = std::move(about);
  out["mimeType"] = kPlainText;
  return out;
}

Reply contents(const std::string& uri, std::string text) {
  return Json{{"contents", Json::array({{{"uri", plain_name(uri)},
                                         {"mimeType", kPlainText},
                                         {"text", std::move(text)}}})}};
}

}  // namespace

Reply list_resources(Session& session, const Input& params) {
  const auto cursor = params.find("cursor");
  if (cursor != params.end() && !cursor->is_string()) {
    return Fault{kInvalidParams, "cursor must be a string"};
  }
  Result<Shelf*> shelf = newest_shelf(session);
  if (!shelf) return trouble(shelf.error());
  Result<std::vector<WorkView>> works = (*shelf)->works();
  if (!works) return trouble(works.error());
  auto at = works->begin();
  if (cursor != params.end()) {  // the last work of the page before
    at = std::find_if(at, works->end(),
                      [&](const WorkView& view) { return *cursor == view.work.id; });
    if (at == works->end()) return Fault{kInvalidParams, "the cursor is unknown: begin again"};
    ++at;
  }
  Json list = Json::array();
  std::string last;
  for (; at != works->end() && list.size() < kPageSize; ++at) {
    list.push_back(resource(*at, *session.revision));
    last = at->work.id;
  }
  Json out = {{"resources", std::move(list)}};
  if (at != works->end()) out["nextCursor"] = plain_name(last);
  return out;
}

Reply list_resource_templates(const Revision& revision, const Input& params) {
  if (params.contains("cursor")) {
    return Fault{kInvalidParams, "the cursor is unknown: all templates stand on one page"};
  }
  Json work = {{"uriTemplate", "tome://work/{id}"}, {"name", "work"}};
  if (revision.structured) work["title"] = "Outline of a work";
  work["description"] = "what a book or an article covers: headings, terms, files, works like it";
  work["mimeType"] = kPlainText;
  Json passage = {{"uriTemplate", "tome://passage/{id}"}, {"name", "passage"}};
  if (revision.structured) passage["title"] = "Passage in its context";
  passage["description"] = "a passage, by its ID of 12 characters, and those next to it";
  passage["mimeType"] = kPlainText;
  return Json{{"resourceTemplates", Json::array({std::move(work), std::move(passage)})}};
}

Reply read_resource(Session& session, const Input& params) {
  const auto given = params.find("uri");
  if (given == params.end() || !given->is_string()) {
    return Fault{kInvalidParams, "uri must be a string"};
  }
  const auto& uri = given->get_ref<const std::string&>();
  constexpr std::size_t kMaxUri = 100;
  const Fault unknown{kResourceNotFound, "there is no resource " + plain_line(uri, kMaxUri)};
  const bool work = uri.starts_with(kWorkPrefix);
  if (uri.size() > kMaxUri || !(work || uri.starts_with(kPassagePrefix))) return unknown;
  const std::string id = uri.substr(work ? kWorkPrefix.size() : kPassagePrefix.size());
  Result<Shelf*> shelf = newest_shelf(session);
  if (!shelf) return trouble(shelf.error());
  const auto refuse = [&](const Error& error) {
    return error.code == Code::kNotFound ? unknown : trouble(error);
  };
  if (work) {
    Result<WorkDetail> detail = (*shelf)->work(id);
    if (!detail) return refuse(detail.error());
    Result<ShelfStatus> status = (*shelf)->status();
    if (!status) return trouble(status.error());
    return contents(uri, outline_text(*detail, status->roots));
  }
  Result<PassageView> view = (*shelf)->show(id, 1);
  if (!view) return refuse(view.error());
  const bool cut = keep_what_fits(*view);
  return contents(uri, view_text(*view, cut));
}

}  // namespace tome::mcp
