// SPDX-License-Identifier: GPL-2.0-or-later
#include "extract/epub_package.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "extract/epub_metadata.h"
#include "extract/epub_xml.h"
#include "extract/html_names.h"
#include "extract/tags.h"
#include "text/text.h"

namespace tome::epub {
namespace {

constexpr std::size_t kMaxMissing = 5;  // names in the warning
constexpr int kMaxFallbacks = 8;

struct Item {
  std::string path;
  std::string type;
  std::string fallback;  // id of the item to show instead
};

bool ends_in(std::string_view name, std::initializer_list<std::string_view> extensions) {
  const std::string_view extension = name.substr(std::min(name.rfind('.'), name.size() - 1) + 1);
  return std::any_of(extensions.begin(), extensions.end(),
                     [&](std::string_view known) { return same_name(extension, known); });
}

bool is_page(std::string_view name) { return ends_in(name, {"xhtml", "html", "htm", "xht"}); }

// Where the package is; empty when it cannot be told.
std::string find_package(const Files& files, std::vector<std::string>& warnings) {
  pugi::xml_document container;
  const std::string* bytes = files.find("META-INF/container.xml");
  if (bytes != nullptr && load_xml(*bytes, container)) {
    for (const pugi::xml_node root : all_below(container, "rootfile")) {
      const std::string path = resolve("", attribute_of(root, "full-path")).path;
      if (files.find(path) != nullptr) return std::string(files.name_of(path));
    }
  }
  warnings.emplace_back("the EPUB's container does not lead to its package");
  std::string best;  // the one nearest to the root
  const auto depth = [](std::string_view name) {
    return std::count(name.begin(), name.end(), '/');
  };
  for (const auto& [name, content] : files.all()) {
    if (ends_in(name, {"opf"}) && (best.empty() || depth(name) < depth(best))) best = name;
  }
  return best;
}

// Files that META-INF/encryption.xml says are encrypted. Obfuscated fonts are not text, and the two
// ways to obfuscate them are no protection.
std::set<std::string_view> encrypted_files(const Files& files) {
  std::set<std::string_view> names;
  pugi::xml_document document;
  const std::string* bytes = files.find("META-INF/encryption.xml");
  if (bytes == nullptr || !load_xml(*bytes, document)) return names;
  for (const pugi::xml_node data : all_below(document, "EncryptedData")) {
    const std::string_view method =
        attribute_of(first_below(data, "EncryptionMethod"), "Algorithm");
    if (method == "http://www.idpf.org/2008/embedding" ||
        method == "http://ns.adobe.com/pdf/enc#RC") {
      continue;
    }
    const pugi::xml_node reference = first_below(data, "CipherReference");
    const std::string_view name = files.name_of(resolve("", attribute_of(reference, "URI")).path);
    if (!name.empty()) names.insert(name);
  }
  return names;
}

class Reader {
 public:
  Reader(const Files& files, std::string path) : files_(files), path_(std::move(path)) {}

  Package read(pugi::xml_node package) && {
    out_.info = read_metadata(package);
    read_manifest(package);
    const pugi::xml_node spine = first_below(package, "spine");
    find_ncx(spine);
    read_guide(package);
    for (const pugi::xml_node ref : all_below(spine, "itemref")) {
      add(std::string(attribute_of(ref, "idref")));
    }
    if (missing_ > 0) {
      out_.warnings.push_back(
          missing_ <= kMaxMissing
              ? fmt::format("files are missing from the EPUB: {}", names_)
              : fmt::format("{} files are missing from the EPUB: {} ...", missing_, names_));
    }
    return std::move(out_);
  }

 private:
  std::string target(pugi::xml_node node) const {
    const std::string path = resolve(path_, attribute_of(node, "href")).path;
    const std::string_view name = files_.name_of(path);
    return name.empty() ? path : std::string(name);
  }

  void read_manifest(pugi::xml_node package) {
    const pugi::xml_node manifest = first_below(package, "manifest");
    for (const pugi::xml_node node : all_below(manifest, "item")) {
      Item item;
      item.path = target(node);
      item.type = attribute_of(node, "media-type");
      item.fallback = attribute_of(node, "fallback");
      if (out_.nav.empty() && has_word(attribute_of(node, "properties"), "nav")) {
        out_.nav = item.path;
      }
      items_.emplace(std::string(attribute_of(node, "id")), std::move(item));
    }
  }

  void find_ncx(pugi::xml_node spine) {
    const auto named = items_.find(std::string(attribute_of(spine, "toc")));
    if (named != items_.end()) {
      out_.ncx = named->second.path;
      return;
    }
    for (const auto& [id, item] : items_) {
      if (item.type == "application/x-dtbncx+xml") out_.ncx = item.path;
    }
  }

  // EPUB 2's guide tells which page is but a table of contents.
  void read_guide(pugi::xml_node package) {
    for (const pugi::xml_node node : all_below(first_below(package, "guide"), "reference")) {
      const Target at = resolve(path_, attribute_of(node, "href"));
      if (attribute_of(node, "type") == "toc" && at.fragment.empty()) seen_.insert(target(node));
    }
  }

  bool is_text(const Item& item) const {
    for (const std::string_view other : {"image/", "audio/", "video/", "font/", "text/css"}) {
      if (item.type.starts_with(other)) return false;
    }
    return may_hold_text(item.path);
  }

  void add(const std::string& id) {
    auto found = items_.find(id);
    for (int i = 0; i < kMaxFallbacks && found != items_.end() && !is_text(found->second); ++i) {
      found = items_.find(found->second.fallback);
    }
    if (found == items_.end()) return miss(id);
    const Item& item = found->second;
    if (item.path.empty()) return miss(id);  // leads out of the EPUB
    if (!is_text(item) || item.path == out_.nav || item.path == out_.ncx) return;
    if (!seen_.insert(item.path).second) return;
    if (files_.find(item.path) == nullptr) return miss(item.path);
    out_.spine.push_back(item.path);
  }

  void miss(std::string name) {
    repair_utf8(name);
    if (++missing_ > kMaxMissing) return;
    if (!names_.empty()) names_ += ", ";
    names_ += name.substr(0, utf8_floor(name, std::min<std::size_t>(name.size(), 100)));
  }

  const Files& files_;
  std::string path_;
  Package out_;
  std::map<std::string, Item> items_;
  std::set<std::string> seen_;
  std::size_t missing_ = 0;
  std::string names_;
};

}  // namespace

Result<Package> read_package(const Files& files) {
  std::vector<std::string> warnings;
  const std::string path = find_package(files, warnings);
  Package out;
  pugi::xml_document document;
  const std::string* bytes = files.find(path);
  if (bytes != nullptr && load_xml(*bytes, document)) {
    out = Reader(files, path).read(document.document_element());
  }
  out.info.kind = Kind::kBook;
  if (out.spine.empty()) {
    warnings.emplace_back("the EPUB does not say the order of its files");
    for (const auto& [name, content] : files.all()) {
      if (is_page(name) && name != out.nav) out.spine.push_back(name);
    }
  }
  out.warnings.insert(out.warnings.begin(), warnings.begin(), warnings.end());
  const std::set<std::string_view> encrypted = encrypted_files(files);
  for (const std::string& name : out.spine) {
    if (encrypted.count(name) > 0) {
      return Error{Code::kUnsupported, "encrypted (DRM)", "", ""};
    }
  }
  return out;
}

}  // namespace tome::epub
