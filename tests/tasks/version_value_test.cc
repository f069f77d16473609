#include "tasks/version_value.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "value/operators.h"

namespace scaffold {
namespace {

std::string Attributes(std::string_view version) {
  const Value value = MakeVersionValue(version);
  std::string text = Str(value);
  for (std::string_view name :
       {"epoch", "release", "pre", "post", "dev", "local", "public", "base_version",
        "is_prerelease", "is_postrelease", "is_devrelease", "major", "minor", "micro"}) {
    text += " " + Repr(*GetAttribute(value, name));
  }
  return text;
}

TEST(VersionValue, HasTheAttributesOfPythonsVersion) {
  EXPECT_EQ(Attributes("1!2.3.4rc5.post6.dev7+abc.8"),
            "1!2.3.4rc5.post6.dev7+abc.8 1 (2, 3, 4) ('rc', 5) 6 7 'abc.8' "
            "'1!2.3.4rc5.post6.dev7' '1!2.3.4' True True True 2 3 4");
  EXPECT_EQ(Attributes("7"), "7 0 (7,) None None None None '7' '7' False False False 7 0 0");
  EXPECT_EQ(Attributes("1.0a2"),
            "1.0a2 0 (1, 0) ('a', 2) None None None '1.0a2' '1.0' True False False 1 0 0");
  EXPECT_EQ(Attributes("0.0.0.post1.dev0+904d4f4"),
            "0.0.0.post1.dev0+904d4f4 0 (0, 0, 0) None 1 0 '904d4f4' '0.0.0.post1.dev0' '0.0.0' "
            "True True True 0 0 0");
}

}  // namespace
}  // namespace scaffold
