#include "value/printf_format.h"

#include <algorithm>
#include <cmath>

#include "support/utf8.h"
#include "value/append_bounded.h"
#include "value/ascii_repr.h"
#include "value/format_float.h"
#include "value/limits.h"
#include "value/markup.h"
#include "value/number.h"
#include "value/operators.h"
#include "value/text_length.h"
#include "value/text_methods.h"

namespace scaffold {
namespace {

[[noreturn]] void ThrowValue(std::string message) {
  throw Error(ErrorKind::kValue, std::move(message));
}
[[noreturn]] void ThrowType(std::string message) {
  throw Error(ErrorKind::kType, std::move(message));
}

// %[(key)][flags][width][.precision][length]conversion
struct Conversion {
  bool left = false, plus = false, blank = false, alternate = false, zero = false;
  int64_t width = 0;
  int64_t precision = -1;
  char32_t type = 0;
};

// A converted value before it is padded.
struct Field {
  std::string sign;    // "", "-", "+" or " "
  std::string prefix;  // "0x"
  std::string body;
  bool numeric = false;
};

// Whether Python's PyMapping_Check holds, so that unused values are no error.
bool IsMappingLike(const Value& value) {
  switch (value.kind()) {
    case Kind::kUndefined:
    case Kind::kBytes:
    case Kind::kList:
    case Kind::kDict:
    case Kind::kRange:
      return true;
    case Kind::kObject:
      return value.AsObject()->IsSubscriptable() || value.AsObject()->IsMapping();
    case Kind::kNone:
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kFloat:
    case Kind::kBigInt:
    case Kind::kComplex:
    case Kind::kString:
    case Kind::kMarkup:
    case Kind::kTuple:
    case Kind::kSet:
    case Kind::kDate:
    case Kind::kDateTime:
    case Kind::kTime:
    case Kind::kTimeDelta:
      return false;
  }
  return false;
}

class Printf {
 public:
  Printf(const Value& format, const Value& values)
      : text_(format.AsString()),
        markup_(format.IsMarkup()),
        values_(values),
        mapping_(IsMappingLike(values)),
        current_(values),
        tuple_(values.IsTuple()) {}

  std::string Run() {
    for (;;) {
      const size_t percent = std::min(text_.find('%', pos_), text_.size());
      AppendBounded(&result_, text_.substr(pos_, percent - pos_));
      if (percent == text_.size()) break;
      pos_ = percent + 1;
      Convert();
    }
    const bool left_over = tuple_ ? next_ < current_.AsList().size() : next_ == 0;
    if (left_over && !mapping_) {
      ThrowType("not all arguments converted during string formatting");
    }
    return std::move(result_);
  }

 private:
  void Convert() {
    if (pos_ < text_.size() && text_[pos_] == '%') {
      ++pos_;
      return AppendBounded(&result_, "%");
    }
    if (pos_ < text_.size() && text_[pos_] == '(') SelectKey();
    Conversion conversion;
    ReadFlags(&conversion);
    ReadWidth(&conversion);
    ReadPrecision(&conversion);
    if (pos_ < text_.size() &&
        std::string_view("hlL").find(text_[pos_]) != std::string_view::npos) {
      ++pos_;
    }
    if (pos_ == text_.size()) ThrowValue("incomplete format");
    const size_t at = pos_;
    conversion.type = DecodeUtf8(text_, &pos_);
    const Value value = NextValue();
    Append(conversion, ConvertValue(conversion, value, at));
  }

  void SelectKey() {
    if (!mapping_) ThrowType("format requires a mapping");
    int depth = 1;
    const size_t begin = ++pos_;
    for (; pos_ < text_.size() && depth > 0; ++pos_) {
      if (text_[pos_] == '(') ++depth;
      if (text_[pos_] == ')') --depth;
    }
    if (depth > 0) ThrowValue("incomplete format key");
    current_ = Subscript(values_, Value(text_.substr(begin, pos_ - 1 - begin)));
    tuple_ = false;
    next_ = 0;
  }

  Value NextValue() {
    const size_t count = tuple_ ? current_.AsList().size() : 1;
    if (next_ >= count) ThrowType("not enough arguments for format string");
    return tuple_ ? current_.AsList()[next_++] : (++next_, current_);
  }

  void ReadFlags(Conversion* conversion) {
    for (; pos_ < text_.size(); ++pos_) {
      switch (text_[pos_]) {
        case '-':
          conversion->left = true;
          continue;
        case '+':
          conversion->plus = true;
          continue;
        case ' ':
          conversion->blank = true;
          continue;
        case '#':
          conversion->alternate = true;
          continue;
        case '0':
          conversion->zero = true;
          continue;
        default:
          return;
      }
    }
  }

  int64_t StarArgument() {
    ++pos_;
    const Value value = NextValue();
    // Markup wraps every value in an object that is no int.
    if (markup_ || !IsInteger(value)) ThrowType("* wants int");
    if (value.kind() == Kind::kBigInt) {
      throw Error(ErrorKind::kOverflow, "Python int too large to convert to C ssize_t");
    }
    return value.AsInt();
  }

  // -1 when there are no digits.
  int64_t ReadDigits(int64_t most, const char* too_big) {
    int64_t number = -1;
    for (; pos_ < text_.size() && text_[pos_] >= '0' && text_[pos_] <= '9'; ++pos_) {
      const int64_t digit = text_[pos_] - '0';
      number = std::max<int64_t>(number, 0);
      if (number > (most - digit) / 10) ThrowValue(too_big);
      number = number * 10 + digit;
    }
    return number;
  }

  void ReadWidth(Conversion* conversion) {
    if (pos_ < text_.size() && text_[pos_] == '*') {
      conversion->width = StarArgument();
      if (conversion->width < 0) {
        conversion->left = true;
        conversion->width = -std::max(conversion->width, -INT64_MAX);
      }
      return;
    }
    conversion->width = std::max<int64_t>(ReadDigits(INT64_MAX, "width too big"), 0);
  }

  void ReadPrecision(Conversion* conversion) {
    if (pos_ == text_.size() || text_[pos_] != '.') return;
    ++pos_;
    if (pos_ < text_.size() && text_[pos_] == '*') {
      const int64_t precision = StarArgument();
      if (precision > INT32_MAX || precision < INT32_MIN) {
        throw Error(ErrorKind::kOverflow, "Python int too large to convert to C int");
      }
      conversion->precision = std::max<int64_t>(precision, 0);
      return;
    }
    conversion->precision = std::max<int64_t>(ReadDigits(INT32_MAX, "precision too big"), 0);
  }

  Field ConvertValue(const Conversion& conversion, const Value& value, size_t at) const {
    switch (conversion.type) {
      case 's':
        return TextField(conversion, markup_ ? EscapeMarkup(value).AsString() : Str(value));
      case 'r':
        return TextField(conversion, Escaped(Repr(value)));
      case 'a':
        // Python asks ascii() for the repr that is escaped already.
        return TextField(conversion, Escaped(AsciiRepr(value)));
      case 'c':
        return CharacterField(value);
      case 'd':
      case 'i':
      case 'u':
      case 'x':
      case 'X':
      case 'o':
        return IntField(conversion, value);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
        return FloatField(conversion, value);
      default:
        ThrowUnsupported(conversion.type, at);
    }
  }

  std::string Escaped(std::string text) const {
    if (markup_) return EscapeHtml(text);
    return text;
  }

  static Field TextField(const Conversion& conversion, std::string text) {
    Field field;
    if (conversion.precision >= 0) {
      text.resize(OffsetOfCodePoint(text, static_cast<size_t>(conversion.precision)));
    }
    field.body = std::move(text);
    return field;
  }

  Field CharacterField(const Value& value) const {
    Field field;
    if (!markup_ && value.IsString() && TextLength(value) == 1) {
      field.body = value.AsString();
      return field;
    }
    if (markup_ || !IsInteger(value)) ThrowType("%c requires int or char");
    if (value.kind() == Kind::kBigInt || value.AsInt() < 0 || value.AsInt() > 0x10FFFF) {
      throw Error(ErrorKind::kOverflow, "%c arg not in range(0x110000)");
    }
    AppendUtf8(&field.body, static_cast<char32_t>(value.AsInt()));
    return field;
  }

  std::string NameOf(const Value& value) const {
    return markup_ ? "_MarkupEscapeHelper" : std::string(TypeNameInC(value));
  }

  // The integer behind a value of %d and its like.
  Value IntegerOf(const Conversion& conversion, const Value& value) const {
    const bool decimal = conversion.type == 'd' || conversion.type == 'i' || conversion.type == 'u';
    const bool integer = IsInteger(value) && (decimal || !markup_);
    if (integer) return value.IsBool() ? Value(value.AsInt()) : value;
    if (decimal && value.IsFloat()) return TruncateToInt(value.AsFloat());
    if (decimal && markup_ && value.IsString()) {
      if (std::optional<Value> parsed = ParseInt(value.AsString(), 10)) return *parsed;
      ThrowValue("invalid literal for int() with base 10: " + Repr(Value(value.AsString())));
    }
    if (decimal && value.IsUndefined()) ThrowUndefined(value);
    ThrowType(std::string("%") + static_cast<char>(conversion.type) + " format: " +
              (decimal ? "a real number" : "an integer") + " is required, not " + NameOf(value));
  }

  Field IntField(const Conversion& conversion, const Value& value) const {
    const Value number = IntegerOf(conversion, value);
    const bool hex = conversion.type == 'x' || conversion.type == 'X';
    Field field;
    field.numeric = true;
    field.body = hex                      ? ToBigInt(number).Text(16)
                 : conversion.type == 'o' ? ToBigInt(number).Text(8)
                                          : FormatInt(number);
    if (field.body[0] == '-') {
      field.sign = "-";
      field.body.erase(0, 1);
    }
    if (conversion.type == 'X') {
      std::transform(field.body.begin(), field.body.end(), field.body.begin(),
                     [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; });
    }
    if (conversion.precision > INT32_MAX - 3) {
      throw Error(ErrorKind::kOverflow, "precision too large");
    }
    if (conversion.precision > static_cast<int64_t>(field.body.size())) {
      ChargeBytes(static_cast<uint64_t>(conversion.precision));
      field.body.insert(0, static_cast<size_t>(conversion.precision) - field.body.size(), '0');
    }
    if (conversion.alternate && (hex || conversion.type == 'o')) {
      field.prefix = std::string("0") + static_cast<char>(conversion.type);
    }
    return field;
  }

  double FloatOf(const Value& value) const {
    if (value.IsNumber()) return ToDouble(value);
    if (value.IsUndefined()) ThrowUndefined(value);
    if (markup_ && value.IsString()) {
      if (std::optional<double> parsed = ParseFloat(value.AsString())) return *parsed;
      ThrowValue("could not convert string to float: " + Repr(Value(value.AsString())));
    }
    if (markup_) {
      ThrowType("float() argument must be a string or a real number, not '" +
                std::string(TypeNameInC(value)) + "'");
    }
    ThrowType("must be real number, not " + NameOf(value));
  }

  Field FloatField(const Conversion& conversion, const Value& value) const {
    const double number = FloatOf(value);
    FloatFormat format;
    format.type = static_cast<char>(conversion.type);
    format.precision = conversion.precision < 0 ? 6 : static_cast<int>(conversion.precision);
    format.alternate = conversion.alternate;
    Field field;
    field.numeric = true;
    field.body = FormatFloatDigits(number, format);
    if (std::signbit(number) && !std::isnan(number)) field.sign = "-";
    return field;
  }

  [[noreturn]] void ThrowUnsupported(char32_t type, size_t at) const {
    char code[16];
    std::snprintf(code, sizeof(code), "(0x%x)", static_cast<unsigned>(type));
    const char shown = type > 31 && type < 128 ? static_cast<char>(type) : '?';
    ThrowValue("unsupported format character '" + std::string(1, shown) + "' " + code +
               " at index " + std::to_string(CountCodePoints(text_.substr(0, at))));
  }

  void Append(const Conversion& conversion, Field field) {
    if (field.numeric && field.sign.empty()) {
      field.sign = conversion.plus ? "+" : conversion.blank ? " " : "";
    }
    const size_t length = field.sign.size() + field.prefix.size() + CountCodePoints(field.body);
    const uint64_t missing = conversion.width > static_cast<int64_t>(length)
                                 ? static_cast<uint64_t>(conversion.width) - length
                                 : 0;
    ChargeBytes(missing);
    const bool zeros = field.numeric && conversion.zero && !conversion.left;
    if (!conversion.left && !zeros) result_.append(missing, ' ');
    result_ += field.sign;
    result_ += field.prefix;
    if (zeros) result_.append(missing, '0');
    AppendBounded(&result_, field.body);
    if (conversion.left) result_.append(missing, ' ');
  }

  std::string_view text_;
  bool markup_;
  const Value& values_;
  bool mapping_;
  Value current_;  // the tuple, or the one value, that conversions take
  bool tuple_;
  size_t next_ = 0;  // of the tuple; of one value: whether it is taken
  size_t pos_ = 0;
  std::string result_;
};

}  // namespace

Value PrintfFormat(const Value& format, const Value& values) {
  return TextLike(format, Printf(format, values).Run());
}

}  // namespace scaffold
