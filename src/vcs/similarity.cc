#include "vcs/similarity.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "vcs/merge_text.h"

namespace scaffold {
namespace {

// Longer lines count as several.
constexpr size_t kMaxLine = 64;
// Of pairs that are kept at a time, so that thousands of files need no gigabytes.
constexpr size_t kMaxCandidates = 4'000'000;
constexpr size_t kMinCandidatesEach = 8;
// Lines and pairs that are looked at: some seconds. Nobody needs more, but a hostile template.
constexpr uint64_t kMaxWork = 2'000'000'000;

// How many bytes of a content stand in which line, sorted by the lines' hashes.
using Signature = std::vector<std::pair<uint64_t, uint64_t>>;

Signature Sign(std::string_view bytes) {
  const bool text = !IsBinary(bytes);
  Signature lines;
  constexpr uint64_t kSeed = 14695981039346656037u, kPrime = 1099511628211u;  // FNV-1a
  uint64_t hash = kSeed;
  uint64_t length = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    // Other line ends are no other lines.
    if (text && bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n') continue;
    hash = (hash ^ static_cast<unsigned char>(bytes[i])) * kPrime;
    ++length;
    if (length < kMaxLine && bytes[i] != '\n') continue;
    lines.emplace_back(hash, length);
    hash = kSeed;
    length = 0;
  }
  if (length > 0) lines.emplace_back(hash, length);
  std::sort(lines.begin(), lines.end());
  size_t kept = 0;
  for (size_t i = 1; i < lines.size(); ++i) {
    if (lines[i].first == lines[kept].first) {
      lines[kept].second += lines[i].second;
    } else {
      lines[++kept] = lines[i];
    }
  }
  if (!lines.empty()) lines.resize(kept + 1);
  return lines;
}

uint64_t CommonBytes(const Signature& one, const Signature& other) {
  uint64_t common = 0;
  for (auto a = one.begin(), b = other.begin(); a != one.end() && b != other.end();) {
    if (a->first < b->first) {
      ++a;
    } else if (b->first < a->first) {
      ++b;
    } else {
      common += std::min(a++->second, b++->second);
    }
  }
  return common;
}

double Percent(uint64_t common, size_t one, size_t other) {
  const size_t longer = std::max(one, other);
  return longer == 0 ? 0 : 100.0 * static_cast<double>(common) / static_cast<double>(longer);
}

// A file that is on one side only.
struct Candidate {
  const std::string* path;
  const TreeEntry* entry;
  size_t content = 0;  // a hash of the bytes
  bool paired = false;
  Signature signature;
  bool signed_ = false;

  const Signature& Signed() {
    if (!signed_) signature = Sign(entry->bytes);
    signed_ = true;
    return signature;
  }
};

// The last `count` components of a path; empty when it has fewer.
std::string_view PathEnd(std::string_view path, int count) {
  size_t end = path.size();
  for (int i = 0; i < count; ++i) {
    if (end == std::string_view::npos) return {};
    end = end == 0 ? end : path.rfind('/', end - 1);
  }
  return end == std::string_view::npos ? path : path.substr(end + 1);
}

std::string_view FileName(std::string_view path) { return path.substr(path.rfind('/') + 1); }

int Depth(std::string_view path) {
  return 1 + static_cast<int>(std::count(path.begin(), path.end(), '/'));
}

// How many components the ends of both paths share.
int CommonEnd(std::string_view one, std::string_view other) {
  int common = 0;
  for (size_t i = 1; i <= one.size() && i <= other.size(); ++i) {
    if (one[one.size() - i] != other[other.size() - i]) return common;
    if (one[one.size() - i] == '/') ++common;
  }
  return common + 1;
}

class RenameFinder {
 public:
  RenameFinder(const Tree& before, const Tree& after, int percent) : percent_(percent) {
    Collect(before, after, &gone_);
    Collect(after, before, &fresh_);
  }

  std::vector<Rename> Find() {
    PairEqual();
    // Links are alike or not.
    const auto is_done = [](const Candidate& file) {
      return file.paired || file.entry->kind != EntryKind::kFile;
    };
    std::erase_if(gone_, is_done);
    std::erase_if(fresh_, is_done);
    PairByName();
    while (PairSimilar()) {
    }
    std::sort(renames_.begin(), renames_.end(),
              [](const Rename& a, const Rename& b) { return a.from < b.from; });
    return std::move(renames_);
  }

 private:
  static bool IsContent(const TreeEntry* entry) {
    return entry != nullptr && entry->kind != EntryKind::kDirectory;
  }
  static void Collect(const Tree& one, const Tree& other, std::vector<Candidate>* files) {
    for (const auto& [path, entry] : one) {
      if (IsContent(&entry) && !entry.bytes.empty() && !IsContent(other.Find(path))) {
        files->push_back({.path = &path,
                          .entry = &entry,
                          .content = std::hash<std::string_view>()(entry.bytes),
                          .signature = {}});
      }
    }
  }

  void Pair(Candidate* from, Candidate* to) {
    from->paired = to->paired = true;
    renames_.push_back({*from->path, *to->path});
  }

  // Files of equal content; of several, those whose paths end alike.
  void PairEqual() {
    int deepest = 0;
    for (const Candidate& file : gone_) deepest = std::max(deepest, Depth(*file.path));
    for (int depth = deepest; depth >= 0; --depth) {
      using Key = std::tuple<std::string_view, EntryKind, size_t, size_t>;
      std::map<Key, std::vector<Candidate*>> groups;
      const auto key = [depth](const Candidate& file) {
        return Key(depth == 0 ? std::string_view() : PathEnd(*file.path, depth), file.entry->kind,
                   file.content, file.entry->bytes.size());
      };
      const auto takes_part = [depth](const Candidate& file) {
        return !file.paired && Depth(*file.path) >= depth;
      };
      // From the last one, so that the first one is at hand.
      for (auto file = gone_.rbegin(); file != gone_.rend(); ++file) {
        if (takes_part(*file)) groups[key(*file)].push_back(&*file);
      }
      for (Candidate& file : fresh_) {
        if (!takes_part(file)) continue;
        const auto group = groups.find(key(file));
        if (group == groups.end() || group->second.empty()) continue;
        Pair(group->second.back(), &file);
        group->second.pop_back();
      }
    }
  }

  // Whether a pair can reach `least` percent at all.
  static bool HaveNearSizes(const Candidate& one, const Candidate& other, double least) {
    const size_t sizes[] = {one.entry->bytes.size(), other.entry->bytes.size()};
    return Percent(std::min(sizes[0], sizes[1]), sizes[0], sizes[1]) >= least;
  }
  double Compare(Candidate* one, Candidate* other, double least) {
    ++work_;
    if (work_ > kMaxWork || !HaveNearSizes(*one, *other, least)) return 0;
    work_ += one->Signed().size() + other->Signed().size();
    return Percent(CommonBytes(one->Signed(), other->Signed()), one->entry->bytes.size(),
                   other->entry->bytes.size());
  }

  // A name that each side has once is a strong sign, when the content has half of the way from what
  // is asked for to equality.
  void PairByName() {
    const double least = percent_ + (100.0 - percent_) / 2;
    const auto index = [](std::vector<Candidate>& files) {
      std::unordered_map<std::string_view, Candidate*> names;  // null: several have it
      for (Candidate& file : files) {
        const auto [found, added] = names.try_emplace(FileName(*file.path), &file);
        if (!added) found->second = nullptr;
      }
      return names;
    };
    const auto gone = index(gone_);
    for (const auto& [name, to] : index(fresh_)) {
      const auto from = gone.find(name);
      if (to == nullptr || from == gone.end() || from->second == nullptr) continue;
      if (Compare(from->second, to, least) >= least) Pair(from->second, to);
    }
  }

  struct Match {
    double percent;
    int common_end;
    Candidate* from;
    Candidate* to;
  };
  static bool IsBetter(const Match& a, const Match& b) {
    if (a.percent != b.percent) return a.percent > b.percent;
    if (a.common_end != b.common_end) return a.common_end > b.common_end;
    return std::tie(*a.to->path, *a.from->path) < std::tie(*b.to->path, *b.from->path);
  }

  // Pairs files in the order of their similarity; false when none is left that is alike.
  bool PairSimilar() {
    const auto is_paired = [](const Candidate& file) { return file.paired; };
    std::erase_if(gone_, is_paired);
    std::erase_if(fresh_, is_paired);
    if (gone_.empty() || fresh_.empty()) return false;
    const size_t limit = std::max(kMinCandidatesEach, kMaxCandidates / fresh_.size());
    std::vector<Match> matches;
    for (Candidate& to : fresh_) {
      std::vector<Match> best;
      for (Candidate& from : gone_) {
        if (work_ > kMaxWork) break;
        const double percent = Compare(&from, &to, percent_);
        if (percent < percent_ || percent <= 0) continue;
        best.push_back({percent, CommonEnd(*from.path, *to.path), &from, &to});
      }
      if (best.size() > limit) {
        std::nth_element(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(limit),
                         best.end(), IsBetter);
        best.erase(best.begin() + static_cast<std::ptrdiff_t>(limit), best.end());
      }
      matches.insert(matches.end(), best.begin(), best.end());
    }
    std::sort(matches.begin(), matches.end(), IsBetter);
    for (const Match& match : matches) {
      if (!match.from->paired && !match.to->paired) Pair(match.from, match.to);
    }
    return !matches.empty();
  }

  double percent_;
  uint64_t work_ = 0;
  std::vector<Candidate> gone_;   // in `before` only
  std::vector<Candidate> fresh_;  // in `after` only
  std::vector<Rename> renames_;
};

}  // namespace

std::vector<Rename> FindRenames(const Tree& before, const Tree& after, int percent) {
  return RenameFinder(before, after, percent).Find();
}

double Similarity(std::string_view one, std::string_view other) {
  return Percent(CommonBytes(Sign(one), Sign(other)), one.size(), other.size());
}

}  // namespace scaffold
