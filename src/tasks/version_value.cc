#include "tasks/version_value.h"

#include <charconv>
#include <optional>
#include <string>

#include "scaffold/error.h"

namespace scaffold {
namespace {

class VersionValue : public Object {
 public:
  explicit VersionValue(std::string_view normalized) : text_(normalized) { Parse(normalized); }

  std::string_view TypeName() const override { return "Version"; }
  std::string Repr() const override { return "<Version('" + text_ + "')>"; }
  std::string Str() const override { return text_; }
  std::optional<bool> Equals(const Value& other) const override {
    const auto* version = other.ObjectAs<VersionValue>();
    return version != nullptr && version->text_ == text_;
  }
  std::optional<Value> GetAttr(std::string_view name) override;

 private:
  void Parse(std::string_view text);
  Value ReleasePart(size_t index) const {
    return index < release_.size() ? release_[index] : Value(0);
  }

  std::string text_;
  Value epoch_ = Value(0);
  List release_;
  Value pre_, post_, dev_, local_;
  std::string base_;
};

// Takes a number off the front of `text`; absent digits count as 0.
Value TakeNumber(std::string_view* text) {
  int64_t number = 0;
  const auto [end, status] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (status == std::errc::result_out_of_range) {
    throw Error(ErrorKind::kUser, "the version number '" + std::string(*text) + "' is too large");
  }
  text->remove_prefix(static_cast<size_t>(end - text->data()));
  return Value(number);
}

bool TakePrefix(std::string_view* text, std::string_view prefix) {
  if (!text->starts_with(prefix)) return false;
  text->remove_prefix(prefix.size());
  return true;
}

void VersionValue::Parse(std::string_view text) {
  if (const size_t plus = text.find('+'); plus != std::string_view::npos) {
    local_ = Value(text.substr(plus + 1));
    text = text.substr(0, plus);
  }
  const std::string_view whole = text;
  if (const size_t bang = text.find('!'); bang != std::string_view::npos) {
    epoch_ = TakeNumber(&text);
    text = whole.substr(bang + 1);
  }
  do {
    release_.push_back(TakeNumber(&text));
  } while (text.size() > 1 && text[0] == '.' && text[1] >= '0' && text[1] <= '9' &&
           TakePrefix(&text, "."));
  base_ = whole.substr(0, whole.size() - text.size());
  for (std::string_view stage : {"a", "b", "rc"}) {
    if (TakePrefix(&text, stage)) pre_ = Value::Tuple({Value(stage), TakeNumber(&text)});
  }
  if (TakePrefix(&text, ".post")) post_ = TakeNumber(&text);
  if (TakePrefix(&text, ".dev")) dev_ = TakeNumber(&text);
}

std::optional<Value> VersionValue::GetAttr(std::string_view name) {
  if (name == "epoch") return epoch_;
  if (name == "release") return Value::Tuple(release_);
  if (name == "pre") return pre_;
  if (name == "post") return post_;
  if (name == "dev") return dev_;
  if (name == "local") return local_;
  if (name == "public") return Value(text_.substr(0, text_.find('+')));
  if (name == "base_version") return Value(base_);
  if (name == "is_prerelease") return Value(!pre_.IsNone() || !dev_.IsNone());
  if (name == "is_postrelease") return Value(!post_.IsNone());
  if (name == "is_devrelease") return Value(!dev_.IsNone());
  if (name == "major") return ReleasePart(0);
  if (name == "minor") return ReleasePart(1);
  if (name == "micro") return ReleasePart(2);
  return std::nullopt;
}

}  // namespace

Value MakeVersionValue(std::string_view normalized) { return MakeObject<VersionValue>(normalized); }

}  // namespace scaffold
