"""Measures what importing a handler is made of; run by Hearth's client only when somebody asks for it.

Stands in for the one function of the import system that finds and loads a module that is not there yet, so each
module is seen once with everything it imports nested in it, as by -X importtime, but with the time at which it
began and without writing between the lines of the handler.
"""

import _frozen_importlib
import _thread
import sys
import time


class ImportWatch:
    def __init__(self):
        self._rows, self._open = [], []
        self._thread = _thread.get_ident()
        self._load = _frozen_importlib._find_and_load
        _frozen_importlib._find_and_load = self._watch

    def _watch(self, name, import_):
        if name in sys.modules or _thread.get_ident() != self._thread:
            return self._load(name, import_)
        row = [self._open[-1][0] if self._open else -1, 0, 0, name]
        opened = (len(self._rows), row)
        self._rows.append(row)
        self._open.append(opened)
        start = row[1] = time.monotonic_ns()
        try:
            return self._load(name, import_)
        finally:
            took = time.monotonic_ns() - start
            row[2] += took
            self._open.pop()
            if self._open:
                self._open[-1][1][2] -= took

    def stop(self):
        """What was seen, in the form of ImportReport: parent, kind, start, own time, name, origin."""
        _frozen_importlib._find_and_load = self._load
        return "\n".join(
            "%d\tm\t%d\t%d\t%s\t%s" % (parent, start, own, _plain(name), _plain(_origin(name)))
            for parent, start, own, name in self._rows
        )


def _origin(name):
    # Not getattr: modules may answer it by importing more.
    origin = getattr(sys.modules.get(name), "__dict__", {}).get("__file__")
    return origin if isinstance(origin, str) else ""


def _plain(text):
    return "".join(c if c.isprintable() else "?" for c in text)
