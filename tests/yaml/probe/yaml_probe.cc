// yaml_probe: what scaffold makes of YAML documents, for comparison with PyYAML.
//
// Reads requests (tests/yaml/requests.h) from stdin and answers each on stdout; both are "LENGTH\n"
// and as many bytes.

#include <iostream>
#include <string>

#include "tests/yaml/requests.h"

int main() {
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    std::string request(std::stoul(line), '\0');
    std::cin.read(request.data(), static_cast<std::streamsize>(request.size()));
    const std::string answer = scaffold::AnswerOrError(request);
    std::cout << answer.size() << '\n' << answer << std::flush;
  }
}
