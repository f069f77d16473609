// ConfirmField: yes or no.

#pragma once

#include <string>

#include "terminal/field.h"

namespace scaffold::terminal {

class ConfirmField : public Field {
 public:
  ConfirmField(FieldLabel label, bool initial) : Field(std::move(label)), yes_(initial) {}

  bool yes() const { return yes_; }

 protected:
  FieldState OnKey(const Key& key) override;
  Frame RenderBody(size_t columns, size_t rows) const override;
  std::string Hint() const override;
  std::string Summary() const override { return yes_ ? "Yes" : "No"; }

 private:
  bool yes_;
};

}  // namespace scaffold::terminal
