#include "vcs/pack_writer.h"

#include <mbedtls/sha1.h>
#include <zlib.h>

#include <limits>

#include "scaffold/error.h"
#include "support/file.h"

namespace scaffold {
namespace {

constexpr size_t kPackHeader = 12;
constexpr mode_t kPackMode = 0444;  // objects never change

class Sha1 {
 public:
  Sha1() {
    mbedtls_sha1_init(&context_);
    mbedtls_sha1_starts_ret(&context_);
  }
  ~Sha1() { mbedtls_sha1_free(&context_); }
  Sha1(const Sha1&) = delete;
  Sha1& operator=(const Sha1&) = delete;
  void Update(std::string_view bytes) {
    mbedtls_sha1_update_ret(&context_, reinterpret_cast<const unsigned char*>(bytes.data()),
                            bytes.size());
  }
  ObjectId Finish() {
    ObjectId id;
    mbedtls_sha1_finish_ret(&context_, id.data());
    return id;
  }

 private:
  mbedtls_sha1_context context_;
};

std::string_view NameOf(PackWriter::Type type) {
  switch (type) {
    case PackWriter::Type::kCommit:
      return "commit";
    case PackWriter::Type::kTree:
      return "tree";
    case PackWriter::Type::kBlob:
      return "blob";
  }
  return {};
}

void AppendBigEndian(uint32_t number, std::string* out) {
  for (int shift = 24; shift >= 0; shift -= 8) *out += static_cast<char>(number >> shift & 0xff);
}

void AppendId(const ObjectId& id, std::string* out) {
  out->append(reinterpret_cast<const char*>(id.data()), id.size());
}

// Type and size: four bits of the size in the first byte, seven in each that follows.
void AppendObjectHeader(PackWriter::Type type, size_t size, std::string* out) {
  unsigned byte = static_cast<unsigned>(type) << 4 | (size & 15);
  size >>= 4;
  while (size != 0) {
    *out += static_cast<char>(byte | 0x80);
    byte = size & 0x7f;
    size >>= 7;
  }
  *out += static_cast<char>(byte);
}

Error TooLarge() {
  return Error(ErrorKind::kGit, "the project is too large for one pack")
      .WithHelp("use --no-git and commit with git");
}

uint32_t Checksum(std::string_view bytes) {
  return static_cast<uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace

// One stream for all objects: setting it up costs more than compressing a small one.
struct PackWriter::Compressor {
  Compressor() {
    if (deflateInit(&stream, Z_BEST_SPEED) != Z_OK) {
      throw Error(ErrorKind::kGit, "cannot compress an object");
    }
  }
  ~Compressor() { deflateEnd(&stream); }
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  void Append(std::string_view bytes, std::string* out) {
    if (bytes.size() > std::numeric_limits<int32_t>::max()) throw TooLarge();
    const size_t begin = out->size();
    const uLong bound = deflateBound(&stream, static_cast<uLong>(bytes.size()));
    out->resize(begin + bound);
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out->data() + begin);
    stream.avail_out = static_cast<uInt>(bound);
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END) {
      throw Error(ErrorKind::kGit, "cannot compress an object");
    }
    out->resize(begin + stream.total_out);
    deflateReset(&stream);
  }

  z_stream stream = {};
};

std::string FormatObjectId(const ObjectId& id) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string hex;
  for (const unsigned char byte : id) {
    hex += kHex[byte >> 4];
    hex += kHex[byte & 15];
  }
  return hex;
}

// The count of objects is filled in by Write.
PackWriter::PackWriter() : compressor_(std::make_unique<Compressor>()), pack_(kPackHeader, '\0') {}
PackWriter::~PackWriter() = default;

ObjectId PackWriter::Add(Type type, std::string_view bytes) {
  Sha1 hash;
  hash.Update(std::string(NameOf(type)) + " " + std::to_string(bytes.size()));
  hash.Update({"\0", 1});
  hash.Update(bytes);
  const ObjectId id = hash.Finish();
  const auto [entry, fresh] = objects_.try_emplace(id);
  if (!fresh) return id;
  const size_t begin = pack_.size();
  AppendObjectHeader(type, bytes.size(), &pack_);
  compressor_->Append(bytes, &pack_);
  if (pack_.size() > std::numeric_limits<int32_t>::max()) throw TooLarge();
  entry->second = {.checksum = Checksum(std::string_view(pack_).substr(begin)),
                   .offset = static_cast<uint32_t>(begin)};
  return id;
}

void PackWriter::Write(const std::filesystem::path& folder) {
  std::string header = "PACK";
  AppendBigEndian(2, &header);
  AppendBigEndian(static_cast<uint32_t>(objects_.size()), &header);
  pack_.replace(0, kPackHeader, header);
  Sha1 hash;
  hash.Update(pack_);
  const ObjectId id = hash.Finish();
  AppendId(id, &pack_);
  const std::string name = "pack-" + FormatObjectId(id);
  WriteFile(folder / (name + ".pack"), pack_, kPackMode);
  WriteFile(folder / (name + ".idx"), MakeIndex(id), kPackMode);
}

// Version 2: counts by first byte, ids, checksums, offsets, each in the order of the ids.
std::string PackWriter::MakeIndex(const ObjectId& pack_id) const {
  std::string index = "\377tOc";
  AppendBigEndian(2, &index);
  std::array<uint32_t, 256> counts = {};
  for (const auto& [id, packed] : objects_) ++counts[id[0]];
  uint32_t total = 0;
  for (const uint32_t count : counts) AppendBigEndian(total += count, &index);
  for (const auto& [id, packed] : objects_) AppendId(id, &index);
  for (const auto& [id, packed] : objects_) AppendBigEndian(packed.checksum, &index);
  for (const auto& [id, packed] : objects_) AppendBigEndian(packed.offset, &index);
  AppendId(pack_id, &index);
  Sha1 hash;
  hash.Update(index);
  AppendId(hash.Finish(), &index);
  return index;
}

}  // namespace scaffold
