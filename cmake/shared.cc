// The shared library is made of the module libraries; a target needs one source of its own.
