"""Asks an interpreter once what Hearth's client needs, so that no cold start has to find it out.

Command line: CLIENT_SOURCE COMPILED_CLIENT. Prints a line "package FOLDER" for each folder that the site module
put on the path, "editable NAME" for each finder of an editable install, "client FILE" for the file to start,
and "done".
"""

import py_compile
import sys

sys.stdout.reconfigure(encoding="utf-8")
for path in sys.path[1:]:
    if path:
        print("package " + path)
for name in list(sys.modules):
    if name.startswith("__editable___"):
        print("editable " + name)
try:
    py_compile.compile(sys.argv[1], cfile=sys.argv[2], doraise=True)
    print("client " + sys.argv[2])
except Exception:
    print("client " + sys.argv[1])
print("done")
