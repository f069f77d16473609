// PackWriter: git objects in one pack, as fast as they can be written.
//
// libgit2's pack builder searches for deltas, which took half the time of a first commit; here
// every object is only compressed, and what is smaller still is left to git's next `gc`.

#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace scaffold {

using ObjectId = std::array<unsigned char, 20>;  // SHA-1

std::string FormatObjectId(const ObjectId& id);

class PackWriter {
 public:
  enum class Type : uint8_t { kCommit = 1, kTree = 2, kBlob = 3 };

  PackWriter();
  ~PackWriter();
  // Adds an object unless it is there already.
  ObjectId Add(Type type, std::string_view bytes);
  // Writes pack-*.pack and pack-*.idx. Throws Error(kIo), or Error(kGit) from 2 GiB on, which need
  // another form of index.
  void Write(const std::filesystem::path& folder);

 private:
  struct Compressor;
  struct Packed {
    uint32_t checksum = 0;
    uint32_t offset = 0;
  };
  std::string MakeIndex(const ObjectId& pack_id) const;

  std::unique_ptr<Compressor> compressor_;
  std::string pack_;
  std::map<ObjectId, Packed> objects_;
};

}  // namespace scaffold
