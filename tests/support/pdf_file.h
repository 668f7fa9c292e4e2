// SPDX-License-Identifier: GPL-2.0-or-later
// Small PDF files for tests: lines of Helvetica at given places, an outline, labels, an
// information dictionary. Points; y is measured from the top of a page of 612 x 792.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tome::test {

struct PdfText {
  double x = 72;
  double y = 72;
  std::string text;  // Latin-1
  double size = 10;
  std::string font = "F1";  // F1 Helvetica, F2 its bold, F3 Courier
};

struct PdfEntry {  // of the outline; `level` from 1, at most one deeper than the one before
  std::string title;
  int level = 1;
};

struct PdfParts {
  std::vector<std::vector<PdfText>> pages;
  std::vector<PdfEntry> outline;
  std::string labels;   // PageLabels' number tree: "0 << /S /r >> 2 << /S /D >>"
  std::string info;     // of the information dictionary: "/Title (x)"
  std::string encrypt;  // the encryption dictionary; nothing is encrypted by this
  std::string content;  // of the first page instead of its lines, as it is
  bool image = false;   // each page shows a grey square
  bool cyclic = false;  // the outline's last entry leads to its first
};

inline std::string pdf_string(std::string_view text) {
  std::string out = "(";
  for (const char c : text) {
    if (c == '(' || c == ')' || c == '\\') out += '\\';
    out += c;
  }
  return out + ")";
}

// Numbered objects, then the table of where they stand.
class PdfObjects {
 public:
  std::size_t reserve() {
    bodies_.emplace_back();
    return bodies_.size();
  }
  void set(std::size_t number, std::string body) { bodies_[number - 1] = std::move(body); }
  std::size_t add(std::string body) {
    const std::size_t number = reserve();
    set(number, std::move(body));
    return number;
  }
  std::size_t add_stream(const std::string& dictionary, const std::string& bytes) {
    return add(
        fmt::format("<< {} /Length {} >>\nstream\n{}\nendstream", dictionary, bytes.size(), bytes));
  }
  std::string file(const std::string& trailer) const {
    std::string out = "%PDF-1.4\n";
    std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", bodies_.size() + 1);
    for (std::size_t i = 0; i < bodies_.size(); ++i) {
      table += fmt::format("{:010} 00000 n \n", out.size());
      out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, bodies_[i]);
    }
    const std::size_t start = out.size();
    return out + table +
           fmt::format("trailer\n<< /Size {} {} >>\nstartxref\n{}\n%%EOF\n", bodies_.size() + 1,
                       trailer, start);
  }

 private:
  std::vector<std::string> bodies_;
};

// The outline's dictionary; 0 without entries.
inline std::size_t add_outline(PdfObjects& objects, const PdfParts& parts) {
  const std::vector<PdfEntry>& entries = parts.outline;
  if (entries.empty()) return 0;
  const std::size_t root = objects.reserve();
  struct Links {
    std::size_t parent = 0, next = 0, first = 0, last = 0;
  };
  const std::size_t base = root + 1;  // object of the first entry
  std::vector<Links> links(entries.size());
  Links top;
  std::vector<std::size_t> open;  // the last entry of each level
  for (std::size_t i = 0; i < entries.size(); ++i) {
    objects.reserve();
    const auto depth = static_cast<std::size_t>(entries[i].level - 1);
    if (depth < open.size()) {
      links[open[depth]].next = base + i;
      open.resize(depth);
    }
    Links& parent = depth == 0 ? top : links[open[depth - 1]];
    if (parent.first == 0) parent.first = base + i;
    parent.last = base + i;
    links[i].parent = depth == 0 ? root : base + open[depth - 1];
    open.push_back(i);
  }
  if (parts.cyclic) {
    links.back().next = base;
    links.back().first = base;
    links.back().last = base;
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::string body =
        fmt::format("<< /Title {} /Parent {} 0 R", pdf_string(entries[i].title), links[i].parent);
    if (links[i].next > 0) body += fmt::format(" /Next {} 0 R", links[i].next);
    if (links[i].first > 0) {
      body += fmt::format(" /First {} 0 R /Last {} 0 R /Count 1", links[i].first, links[i].last);
    }
    objects.set(base + i, body + " >>");
  }
  objects.set(root, fmt::format("<< /Type /Outlines /First {} 0 R /Last {} 0 R /Count {} >>",
                                top.first, top.last, entries.size()));
  return root;
}

inline std::string pdf_file(const PdfParts& parts) {
  PdfObjects objects;
  const std::size_t catalogue = objects.reserve();
  const std::size_t tree = objects.reserve();
  std::string fonts;
  int number = 0;
  for (const char* name : {"Helvetica", "Helvetica-Bold", "Courier"}) {
    const std::size_t font = objects.add(fmt::format(
        "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>", name));
    fonts += fmt::format("/F{} {} 0 R ", ++number, font);
  }
  const std::size_t image = objects.add_stream(
      "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
      "/BitsPerComponent 8",
      "\x80");
  std::string kids;
  for (const auto& page : parts.pages) {
    std::string content;
    if (parts.image) content += "q 400 0 0 400 100 100 cm /I Do Q\n";
    for (const PdfText& text : page) {
      content += fmt::format("BT /{} {} Tf {} {} Td {} Tj ET\n", text.font, text.size, text.x,
                             792 - text.y, pdf_string(text.text));
    }
    if (!parts.content.empty() && &page == parts.pages.data()) content = parts.content;
    const std::size_t stream = objects.add_stream("", content);
    const std::size_t object = objects.add(fmt::format(
        "<< /Type /Page /Parent {} 0 R /MediaBox [0 0 612 792] /Contents {} 0 R /Resources << "
        "/Font << {}>> /XObject << /I {} 0 R >> >> >>",
        tree, stream, fonts, image));
    kids += fmt::format("{} 0 R ", object);
  }
  objects.set(tree,
              fmt::format("<< /Type /Pages /Count {} /Kids [{}] >>", parts.pages.size(), kids));
  std::string root = fmt::format("<< /Type /Catalog /Pages {} 0 R", tree);
  const std::size_t outline = add_outline(objects, parts);
  if (outline > 0) root += fmt::format(" /Outlines {} 0 R", outline);
  if (!parts.labels.empty()) root += fmt::format(" /PageLabels << /Nums [{}] >>", parts.labels);
  objects.set(catalogue, root + " >>");
  std::string trailer = fmt::format("/Root {} 0 R", catalogue);
  if (!parts.info.empty()) {
    trailer += fmt::format(" /Info {} 0 R", objects.add("<< " + parts.info + " >>"));
  }
  if (!parts.encrypt.empty()) {
    trailer += fmt::format(
        " /Encrypt {} 0 R /ID [<00112233445566778899AABBCCDDEEFF> "
        "<00112233445566778899AABBCCDDEEFF>]",
        objects.add("<< " + parts.encrypt + " >>"));
  }
  return objects.file(trailer);
}

// Lines one below the other, 12 points apart.
inline std::vector<PdfText> pdf_lines(double x, double y, const std::vector<std::string>& lines,
                                      double size = 10) {
  std::vector<PdfText> out;
  for (const std::string& line : lines) {
    out.push_back({x, y, line, size, "F1"});
    y += 1.2 * size;
  }
  return out;
}

}  // namespace tome::test
