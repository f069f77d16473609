#include "value/complex.h"

#include <cmath>

#include "value/number.h"

namespace scaffold {
namespace {

struct Complex {
  double real = 0, imaginary = 0;
};

Complex ToComplex(const Value& value) {
  if (value.kind() != Kind::kComplex) return {ToDouble(value), 0};
  const auto& rep = *static_cast<ComplexRep*>(value.payload());
  return {rep.real, rep.imaginary};
}

Value MakeComplex(Complex number) { return scaffold::MakeComplex(number.real, number.imaginary); }

Complex Multiply(Complex a, Complex b) {
  return {a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real};
}

// CPython complexobject.c _Py_c_quot: scaled by the larger part of the divisor.
Complex Divide(Complex a, Complex b) {
  const double real = std::fabs(b.real);
  const double imaginary = std::fabs(b.imaginary);
  if (real == 0 && imaginary == 0) {
    throw Error(ErrorKind::kZeroDivision, "complex division by zero");
  }
  if (real >= imaginary) {
    const double ratio = b.imaginary / b.real;
    const double scale = b.real + b.imaginary * ratio;
    return {(a.real + a.imaginary * ratio) / scale, (a.imaginary - a.real * ratio) / scale};
  }
  if (imaginary >= real) {
    const double ratio = b.real / b.imaginary;
    const double scale = b.real * ratio + b.imaginary;
    return {(a.real * ratio + a.imaginary) / scale, (a.imaginary * ratio - a.real) / scale};
  }
  return {NAN, NAN};
}

Error PowerOfZero() {
  return Error(ErrorKind::kZeroDivision, "0.0 to a negative or complex power");
}

// By squaring, as CPython does for small whole exponents.
Complex WholePower(Complex base, int64_t exponent) {
  if (exponent < 0) {
    if (base.real == 0 && base.imaginary == 0) throw PowerOfZero();
    return Divide({1, 0}, WholePower(base, -exponent));
  }
  Complex result{1, 0};
  for (int64_t mask = 1; mask <= exponent; mask <<= 1) {
    if ((exponent & mask) != 0) result = Multiply(result, base);
    base = Multiply(base, base);
  }
  return result;
}

Complex GeneralPower(Complex base, Complex exponent) {
  if (exponent.real == 0 && exponent.imaginary == 0) return {1, 0};
  if (base.real == 0 && base.imaginary == 0) {
    if (exponent.imaginary != 0 || exponent.real < 0) {
      throw PowerOfZero();
    }
    return {0, 0};
  }
  const double size = std::hypot(base.real, base.imaginary);
  const double angle = std::atan2(base.imaginary, base.real);
  double length = std::pow(size, exponent.real);
  double phase = angle * exponent.real;
  if (exponent.imaginary != 0) {
    length /= std::exp(angle * exponent.imaginary);
    phase += exponent.imaginary * std::log(size);
  }
  return {length * std::cos(phase), length * std::sin(phase)};
}

}  // namespace

Value AddComplex(const Value& a, const Value& b) {
  const Complex x = ToComplex(a), y = ToComplex(b);
  return MakeComplex({x.real + y.real, x.imaginary + y.imaginary});
}

Value SubtractComplex(const Value& a, const Value& b) {
  const Complex x = ToComplex(a), y = ToComplex(b);
  return MakeComplex({x.real - y.real, x.imaginary - y.imaginary});
}

Value MultiplyComplex(const Value& a, const Value& b) {
  return MakeComplex(Multiply(ToComplex(a), ToComplex(b)));
}

Value DivideComplex(const Value& a, const Value& b) {
  return MakeComplex(Divide(ToComplex(a), ToComplex(b)));
}

Value PowerOfComplex(const Value& a, const Value& b) {
  const Complex base = ToComplex(a), exponent = ToComplex(b);
  const bool whole = exponent.imaginary == 0 && exponent.real == std::floor(exponent.real) &&
                     std::fabs(exponent.real) <= 100;
  const Complex result =
      whole ? WholePower(base, static_cast<int64_t>(exponent.real)) : GeneralPower(base, exponent);
  if (!std::isfinite(result.real) || !std::isfinite(result.imaginary)) {
    throw Error(ErrorKind::kOverflow, "complex exponentiation");
  }
  return MakeComplex(result);
}

}  // namespace scaffold
