// SPDX-License-Identifier: GPL-2.0-or-later
#include "mcp/describe.h"

#include <fmt/format.h>

#include "mcp/plain.h"
#include "present/paint.h"

namespace tome::mcp {
namespace {

constexpr std::size_t kMaxListed = 20;  // authors, topics, headings of one work or passage

Json lines(const std::vector<std::string>& texts) {
  Json out = Json::array();
  for (const std::string& text : texts) {
    if (out.size() == kMaxListed) break;
    out.push_back(plain_line(text, 200));
  }
  return out;
}

// What is not known is left out.
void add(Json& object, const char* name, const std::string& value) {
  if (!value.empty()) object[name] = value;
}
void add(Json& object, const char* name, std::int64_t value) {
  if (value != 0) object[name] = value;
}

std::vector<WorkRef> wholes(const PassageHit& hit) {
  return {hit.works.begin() + (hit.works.empty() ? 0 : 1), hit.works.end()};
}

// All but the work.
std::string body(const PassageHit& hit) {
  std::string out;
  const std::string headings = shortened(heading_path(hit.locator.headings), kLineBytes);
  if (!headings.empty()) out += "under: " + headings + '\n';
  out += "at: " + plain_place(hit.locator) + '\n';
  out += "id: " + plain_name(hit.id) + '\n';
  if (!hit.also.empty()) {
    out += "the same text also at: " + plain_place(hit.also.front());
    if (hit.also.size() > 1) out += fmt::format(" and {} more", grouped(hit.also.size() - 1));
    out += '\n';
  }
  return out + plain_snippet(hit.snippet) + '\n';
}

Json type(const char* name, const char* description) {
  return {{"type", name}, {"description", description}};
}

Json list(const char* description) {
  return {{"type", "array"}, {"items", {{"type", "string"}}}, {"description", description}};
}

}  // namespace

std::string work_address(std::string_view id) { return "tome://work/" + plain_name(id); }

std::string kind_name(Kind kind) {
  return kind == Kind::kBook ? "book" : kind == Kind::kArticle ? "article" : "work";
}

std::string passage_text(const PassageHit& hit, std::string_view mark) {
  const WorkInfo own = hit.works.empty() ? WorkInfo{} : hit.works.front().info;
  return fmt::format("{}{}\n", mark, plain_title(own, wholes(hit), hit.locator.path)) + body(hit);
}

std::string evidence_text(const PassageHit& hit, const WorkRef& book) {
  std::vector<std::string> in;
  for (const WorkRef& work : hit.works) {
    if (work.id != book.id) in.push_back(work.info.title);
  }
  return (in.empty() ? "" : "in: " + plain_list(in, "; ") + '\n') + body(hit);
}

Json passage_json(const PassageHit& hit) {
  Json out = {{"id", plain_name(hit.id)}};
  const WorkInfo own = hit.works.empty() ? WorkInfo{} : hit.works.front().info;
  out["title"] = plain_title_alone(own, hit.locator.path);
  out["authors"] = lines(own.authors);
  add(out, "year", own.year);
  if (!hit.works.empty()) out["work"] = work_address(hit.works.front().id);
  std::vector<std::string> in;
  for (const WorkRef& whole : wholes(hit)) in.push_back(whole.info.title);
  if (!in.empty()) out["part_of"] = lines(in);
  out["headings"] = lines(hit.locator.headings);
  out["place"] = plain_place(hit.locator);
  add(out, "file", plain_name(hit.locator.file));
  add(out, "line", hit.locator.line);
  add(out, "page", hit.locator.page);
  add(out, "page_label", plain_line(hit.locator.page_label));
  add(out, "chapter", plain_name(hit.locator.chapter));
  out["text"] = plain_snippet(hit.snippet);
  return out;
}

Json passage_schema() {
  return {{"type", "object"},
          {"properties",
           {{"id", type("string", "for read_passage and similar_passages")},
            {"title", type("string", "of the work, with its subtitle")},
            {"authors", list("of the work")},
            {"year", type("integer", "of the work")},
            {"work", type("string", "resource with the outline of the work")},
            {"part_of", list("titles of the works around it: the article that reviews a book")},
            {"headings", list("heading path, outermost first")},
            {"place", type("string", "file with line, page or chapter, to cite")},
            {"file", type("string", "absolute path")},
            {"line", type("integer", "in the file, from 1")},
            {"page", type("integer", "of a PDF, from 1")},
            {"page_label", type("string", "what is printed on that page")},
            {"chapter", type("string", "file within an EPUB")},
            {"text", type("string", "whole sentences; … where more of the passage stands")}}},
          {"required", {"id", "title", "authors", "headings", "place", "text"}}};
}

std::string work_text(const WorkView& view) {
  const WorkInfo& info = view.work.info;
  std::string out = plain_title(info, {}, view.files.empty() ? "(untitled)" : view.files.front());
  out += fmt::format(" ({}, {}", kind_name(info.kind), counted(view.passages, "passage"));
  const std::string topics = plain_list(info.topics, ", ");
  if (!topics.empty()) out += "; topics: " + topics;
  return out + ") " + work_address(view.work.id) + '\n';
}

Json work_json(const WorkRef& work) {
  const WorkInfo& info = work.info;
  Json out = {{"work", work_address(work.id)},
              {"title", plain_line(info.title)},
              {"kind", kind_name(info.kind)},
              {"authors", lines(info.authors)}};
  add(out, "subtitle", plain_line(info.subtitle));
  add(out, "year", info.year);
  if (!info.topics.empty()) out["topics"] = lines(info.topics);
  return out;
}

Json work_schema() {
  return {{"type", "object"},
          {"properties",
           {{"work", type("string", "resource with its outline")},
            {"title", type("string", "without the subtitle")},
            {"subtitle", {{"type", "string"}}},
            {"kind", {{"type", "string"}, {"enum", {"book", "article", "work"}}}},
            {"authors", list("as written")},
            {"year", {{"type", "integer"}}},
            {"topics", list("as its sources name them")},
            {"passages", type("integer",
                              "passages of it on the shelf; in best_books: those "
                              "that speak of the concept")}}},
          {"required", {"work", "title", "kind", "authors", "passages"}}};
}

}  // namespace tome::mcp
