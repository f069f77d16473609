#include "cli/run.h"

int main(int argc, char** argv) { return scaffold::cli::Run(argc, argv); }
