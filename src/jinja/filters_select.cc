// Filters that look attributes up or apply filters and tests to each item.

#include "jinja/filters_support.h"
#include "jinja/filters_tables.h"
#include "value/operators.h"

namespace scaffold::jinja {
namespace {

Value Attr(State& state, const Value& input, const BoundArgs& args) {
  const Value& name = *args[1];
  if (!name.IsString()) {
    throw Error(ErrorKind::kType,
                "attribute name must be string, not '" + std::string(TypeName(name)) + "'");
  }
  return state.GetAttrOnly(input, name.AsString());
}

Value Default(State&, const Value& input, const BoundArgs& args) {
  if (input.IsUndefined() || (Flag(args, 2, false) && !Truth(input))) {
    return args.Or(1, "");
  }
  return input;
}

// Jinja2's _filter_test_common for a name that is no text: it cannot name anything.
[[noreturn]] void ThrowBadName(std::string_view type_name, const Value& name) {
  Hash(name);  // the table look-up: TypeError for what cannot be hashed
  std::string message = "No " + std::string(type_name) + " named " + Repr(name) + ".";
  if (name.IsUndefined()) {
    message += " (" + UndefinedMessage(name) + "; did you forget to quote the callable name?)";
  }
  throw Error(ErrorKind::kTemplateRuntime, std::move(message));
}

// One call a item, with arguments that outlive the call of the filter itself.
using ItemFunction = std::function<Value(State&, const Value&)>;
using ItemTest = std::function<bool(State&, const Value&)>;

ItemFunction PrepareMap(const KeptArgs& kept) {
  const auto& named = kept.named;
  const bool by_attribute =
      kept.positional.empty() && std::any_of(named.begin(), named.end(), [](const auto& argument) {
        return argument.first == "attribute";
      });
  if (by_attribute) {
    const Value* attribute = nullptr;
    const Value* fallback = nullptr;
    for (const auto& [name, value] : named) {
      if (name == "attribute") attribute = &value;
      if (name == "default") fallback = &value;
    }
    for (const auto& [name, value] : named) {
      if (name == "attribute" || name == "default") continue;
      throw Error(ErrorKind::kFilterArgument, "Unexpected keyword argument " + Repr(Value(name)));
    }
    return [getter = AttributeGetter(attribute, fallback)](State& state, const Value& item) {
      return getter.Get(state, item, false);
    };
  }
  if (kept.positional.empty()) {
    throw Error(ErrorKind::kFilterArgument, "map requires a filter argument");
  }
  return [kept](State& state, const Value& item) {
    if (!kept.positional[0].IsString()) ThrowBadName("filter", kept.positional[0]);
    const std::vector<NamedValue> keywords = kept.Named();
    return state.CallFilter(kept.positional[0].AsString(), item,
                            Args{std::span(kept.positional).subspan(1), keywords});
  };
}

Value Map(State&, const Value& input, const BoundArgs& args) {
  struct Work {
    std::unique_ptr<Iterator> items;
    ItemFunction function;
  };
  auto work = std::make_shared<Work>();
  return MakeLazy("sync_do_map", [input, work, kept = KeptArgs(args)](State& state, Value* out) {
    if (work->items == nullptr) {
      if (!Truth(input)) return false;
      work->function = PrepareMap(kept);
      work->items = Iterate(input);
    }
    Value item;
    if (!work->items->Next(&item)) return false;
    *out = work->function(state, item);
    return true;
  });
}

enum class Keep : uint8_t { kMatching, kOthers };
enum class Subject : uint8_t { kItem, kAttribute };

ItemTest PrepareSelect(const KeptArgs& kept, Subject subject) {
  AttributeGetter getter;
  size_t used = 0;
  if (subject == Subject::kAttribute) {
    if (kept.positional.empty()) {
      throw Error(ErrorKind::kFilterArgument, "Missing parameter for attribute name");
    }
    getter = AttributeGetter(&kept.positional[0]);
    used = 1;
  }
  if (used >= kept.positional.size()) {
    return
        [getter](State& state, const Value& item) { return Truth(getter.Get(state, item, false)); };
  }
  return [getter, kept, used](State& state, const Value& item) {
    const Value value = getter.Get(state, item, false);
    const Value& name = kept.positional[used];
    if (!name.IsString()) ThrowBadName("test", name);
    const std::vector<NamedValue> keywords = kept.Named();
    return state.CallTest(name.AsString(), value,
                          Args{std::span(kept.positional).subspan(used + 1), keywords});
  };
}

Value SelectItems(const Value& input, const BoundArgs& args, Keep keep, Subject subject) {
  struct Work {
    std::unique_ptr<Iterator> items;
    ItemTest matches;
  };
  auto work = std::make_shared<Work>();
  return MakeLazy("select_or_reject",
                  [input, work, keep, subject, kept = KeptArgs(args)](State& state, Value* out) {
                    if (work->items == nullptr) {
                      if (!Truth(input)) return false;
                      work->matches = PrepareSelect(kept, subject);
                      work->items = Iterate(input);
                    }
                    Value item;
                    while (work->items->Next(&item)) {
                      if (work->matches(state, item) != (keep == Keep::kMatching)) continue;
                      *out = std::move(item);
                      return true;
                    }
                    return false;
                  });
}

Value Select(State&, const Value& input, const BoundArgs& args) {
  return SelectItems(input, args, Keep::kMatching, Subject::kItem);
}

Value Reject(State&, const Value& input, const BoundArgs& args) {
  return SelectItems(input, args, Keep::kOthers, Subject::kItem);
}

Value SelectAttr(State&, const Value& input, const BoundArgs& args) {
  return SelectItems(input, args, Keep::kMatching, Subject::kAttribute);
}

Value RejectAttr(State&, const Value& input, const BoundArgs& args) {
  return SelectItems(input, args, Keep::kOthers, Subject::kAttribute);
}

constexpr FilterRow kFilters[] = {
    {"attr", Attr, "do_attr(@environment, obj, name)"},
    {"d", Default, "do_default(value, default_value='', boolean=False)"},
    {"default", Default, "do_default(value, default_value='', boolean=False)"},
    {"map", Map, "sync_do_map(@context, value, *args, **kwargs)"},
    {"reject", Reject, "sync_do_reject(@context, value, *args, **kwargs)"},
    {"rejectattr", RejectAttr, "sync_do_rejectattr(@context, value, *args, **kwargs)"},
    {"select", Select, "sync_do_select(@context, value, *args, **kwargs)"},
    {"selectattr", SelectAttr, "sync_do_selectattr(@context, value, *args, **kwargs)"},
};

}  // namespace

std::span<const FilterRow> SelectFilters() { return kFilters; }

}  // namespace scaffold::jinja
