#include "yaml/dump.h"

#include "yaml/emitter.h"
#include "yaml/representer.h"

namespace scaffold::yaml {

std::string Dump(const Value& value, const DumpOptions& options) {
  Representer representer(options);
  DumpNode* root = representer.Represent(value);
  AssignAnchors(root);
  return Emitter(options).EmitDocument(root);
}

}  // namespace scaffold::yaml
