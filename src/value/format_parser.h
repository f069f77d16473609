// The fields of a str.format text: {field!conversion:spec}.

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace scaffold {

// Literal text, then perhaps a field.
struct FormatPiece {
  std::string literal;
  bool has_field = false;
  std::string_view field;
  std::string_view conversion;  // empty: none
  std::string_view spec;
};

class FormatParser {
 public:
  // Pieces are views into `text`.
  explicit FormatParser(std::string_view text) : text_(text) {}
  // False at the end. ValueError with Python's texts.
  bool Next(FormatPiece* piece);

 private:
  void ParseField(FormatPiece* piece);
  bool ParseConversion(FormatPiece* piece);
  void ParseSpec(FormatPiece* piece);

  std::string_view text_;
  size_t pos_ = 0;
};

// `first` of "first.attribute[item]", and the steps after it.
class FieldPath {
 public:
  explicit FieldPath(std::string_view field);
  std::string_view first() const { return first_; }

  struct Step {
    bool is_attribute = false;
    std::string_view name;
  };
  // False at the end.
  bool Next(Step* step);

 private:
  std::string_view first_;
  std::string_view rest_;
};

// The number that a field name or an item key is; -1 when it is none.
int64_t FieldNumber(std::string_view text);

}  // namespace scaffold
