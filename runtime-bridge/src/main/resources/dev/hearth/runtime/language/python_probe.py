"""Asks an interpreter once what Hearth's client needs, so that no cold start has to find it out.

Command line: CLIENT_SOURCE COMPILED_CLIENT. Prints one JSON object: version, packages (the folders that the
site module put on the path), editable (the finders of editable installs), compiled (the client was compiled).
"""

import json
import py_compile
import sys

packages = [path for path in sys.path[1:] if path]
editable = [name for name in sys.modules if name.startswith("__editable___")]
try:
    py_compile.compile(sys.argv[1], cfile=sys.argv[2], doraise=True)
    compiled = True
except Exception:
    compiled = False
version = ".".join(map(str, sys.version_info[:3]))
print(json.dumps({"version": version, "packages": packages, "editable": editable, "compiled": compiled}))
