#include "render/pure_path.h"

#include <optional>
#include <utility>

#include "support/text.h"
#include "value/signature.h"

namespace scaffold {
namespace {

std::string_view Root(std::string_view text) {
  if (!text.starts_with('/')) return "";
  // POSIX leaves the meaning of exactly two slashes open, so Python keeps them.
  return text.starts_with("//") && !text.starts_with("///") ? "//" : "/";
}

std::vector<std::string> Names(std::string_view text) {
  std::vector<std::string> names;
  for (std::string_view part : Split(text, '/')) {
    if (!part.empty() && part != ".") names.emplace_back(part);
  }
  return names;
}

// Position of the dot of the last extension, or npos.
size_t SuffixDot(std::string_view name) {
  const size_t dot = name.rfind('.');
  return dot == 0 || dot == std::string_view::npos || dot + 1 == name.size()
             ? std::string_view::npos
             : dot;
}

class PathValue;

// A method of a path: bound to it, without side effects.
class PathMethod : public Object {
 public:
  using Function = Value (*)(const PathValue& path, const BoundArgs& args);
  PathMethod(Value path, std::string_view signature, Function function)
      : path_(std::move(path)), signature_(signature), function_(function) {}
  std::string_view TypeName() const override { return "method"; }
  bool IsCallable() const override { return true; }
  Value Call(CallContext&, const Args& args) override {
    return function_(*path_.ObjectAs<PathValue>(), signature_.Bind(&path_, args));
  }

 private:
  Value path_;
  Signature signature_;
  Function function_;
};

class PathValue : public Object {
 public:
  explicit PathValue(std::string_view text) : root_(Root(text)), names_(Names(text)) {}

  std::string_view TypeName() const override { return "PurePosixPath"; }
  std::string Repr() const override {
    return "PurePosixPath(" + scaffold::Repr(Value(Str())) + ")";
  }
  std::string Str() const override {
    std::string text = root_ + Join(names_, "/");
    return text.empty() ? "." : text;
  }
  std::optional<bool> Equals(const Value& other) const override {
    const auto* path = other.ObjectAs<PathValue>();
    return path != nullptr && path->root_ == root_ && path->names_ == names_;
  }
  std::optional<Value> GetAttr(std::string_view name) override;
  // `path / "name"` and `"folder" / path`.
  std::optional<Value> BinaryOperator(std::string_view op, const Value& other,
                                      bool reflected) override {
    const bool is_path = other.ObjectAs<PathValue>() != nullptr;
    if (op != "/" || (!is_path && !other.IsString())) return std::nullopt;
    const std::string text = scaffold::Str(other);
    return MakePathValue(reflected ? JoinPurePath(text, Str()) : JoinPurePath(Str(), text));
  }

  std::string_view name() const { return names_.empty() ? "" : std::string_view(names_.back()); }
  bool is_absolute() const { return !root_.empty(); }
  Value Parent() const {
    if (names_.empty()) return MakePathValue(Str());
    std::vector<std::string> names(names_.begin(), names_.end() - 1);
    return MakePathValue(root_ + Join(names, "/"));
  }

 private:
  List Parts() const;
  List Parents() const;
  List Suffixes() const;
  std::optional<Value> GetMethod(std::string_view name);

  std::string root_;
  std::vector<std::string> names_;
};

List PathValue::Parts() const {
  List parts;
  if (!root_.empty()) parts.emplace_back(root_);
  for (const std::string& name : names_) parts.emplace_back(name);
  return parts;
}

List PathValue::Parents() const {
  List parents;
  std::vector<std::string> names = names_;
  while (!names.empty()) {
    names.pop_back();
    parents.push_back(MakePathValue(root_ + Join(names, "/")));
  }
  return parents;
}

List PathValue::Suffixes() const {
  List suffixes;
  std::string_view rest = name();
  if (rest.ends_with('.')) return suffixes;
  while (rest.starts_with('.')) rest.remove_prefix(1);
  const std::vector<std::string_view> pieces = Split(rest, '.');
  for (size_t i = 1; i < pieces.size(); ++i) suffixes.emplace_back("." + std::string(pieces[i]));
  return suffixes;
}

std::optional<Value> PathValue::GetAttr(std::string_view attribute) {
  const size_t dot = SuffixDot(name());
  if (attribute == "name") return Value(name());
  if (attribute == "stem") return Value(name().substr(0, dot));
  if (attribute == "suffix") {
    return Value(dot == std::string_view::npos ? std::string_view() : name().substr(dot));
  }
  if (attribute == "suffixes") return Value(Suffixes());
  if (attribute == "parent") return Parent();
  if (attribute == "parents") return Value::Tuple(Parents());
  if (attribute == "parts") return Value::Tuple(Parts());
  if (attribute == "root" || attribute == "anchor") return Value(root_);
  if (attribute == "drive") return Value("");
  return GetMethod(attribute);
}

std::optional<Value> PathValue::GetMethod(std::string_view name) {
  ++refs;  // the method keeps the path alive
  const Value self = Value::FromObject(this);
  const auto method = [&](std::string_view signature, PathMethod::Function function) {
    return MakeObject<PathMethod>(self, signature, function);
  };
  if (name == "as_posix") {
    return method("as_posix(self)",
                  [](const PathValue& path, const BoundArgs&) { return Value(path.Str()); });
  }
  if (name == "is_absolute") {
    return method("is_absolute(self)", [](const PathValue& path, const BoundArgs&) {
      return Value(path.is_absolute());
    });
  }
  if (name == "joinpath") {
    return method("joinpath(self, *args)", [](const PathValue& path, const BoundArgs& args) {
      std::string joined = path.Str();
      for (const Value& part : args.varargs()) joined = JoinPurePath(joined, scaffold::Str(part));
      return MakePathValue(joined);
    });
  }
  if (name == "with_name") {
    return method("with_name(self, name)", [](const PathValue& path, const BoundArgs& args) {
      return MakePathValue(JoinPurePath(scaffold::Str(path.Parent()), scaffold::Str(*args[1])));
    });
  }
  if (name == "with_suffix") {
    return method("with_suffix(self, suffix)", [](const PathValue& path, const BoundArgs& args) {
      return MakePathValue(
          JoinPurePath(scaffold::Str(path.Parent()),
                       std::string(WithoutSuffix(path.name())) + scaffold::Str(*args[1])));
    });
  }
  return std::nullopt;
}

}  // namespace

std::string PurePath(std::string_view text) {
  std::string path = std::string(Root(text)) + Join(Names(text), "/");
  return path.empty() ? "." : path;
}

std::string JoinPurePath(std::string_view base, std::string_view part) {
  if (base.empty() || part.starts_with('/')) return std::string(part);
  std::string joined(base);
  if (!joined.ends_with('/')) joined += '/';
  joined += part;
  return joined;
}

std::string_view WithoutSuffix(std::string_view name) { return name.substr(0, SuffixDot(name)); }

Value MakePathValue(std::string_view text) { return MakeObject<PathValue>(text); }

}  // namespace scaffold
