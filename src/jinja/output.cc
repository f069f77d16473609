#include "jinja/output.h"

namespace scaffold::jinja {

Value OutputBuffer::Take(size_t mark) {
  if (!native_) return Value(TakeText(mark));
  const auto begin = pieces_.begin() + static_cast<std::ptrdiff_t>(mark);
  std::vector<Value> taken(std::make_move_iterator(begin), std::make_move_iterator(pieces_.end()));
  pieces_.erase(begin, pieces_.end());
  return NativeConcat(std::move(taken));
}

std::string OutputBuffer::TakeText(size_t mark) {
  if (native_) return Str(Take(mark));
  std::string taken = text_.substr(mark);
  text_.resize(mark);
  return taken;
}

}  // namespace scaffold::jinja
