"""Load the modules of nestforge from one file: to find and read 150 small ones takes as long as to check a template.

Python keeps the bytecode of each module in a file of its own. Here that of all modules which commands have loaded is
kept in one more file beside these. It counts as it does in theirs: while the source is as long and as old as it was,
for one version of Python; and where Python may not write its own, this one is not written either. The compiled
regular expressions of these modules are in the same file.
"""

from __future__ import annotations

import marshal
import os
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader

import nestforge

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from io import FileIO
    from types import CodeType, ModuleType

    Entry = tuple[str, int, int, int, int]

_PACKAGE = nestforge.__name__
_ROOT = os.path.dirname(nestforge.__file__)
_FILE = os.path.join(_ROOT, "__pycache__", f"{_PACKAGE}.{sys.implementation.cache_tag}.modules")
_FOR = f"{sys.version} {sys.flags.optimize}"
_WORTH_WRITING = 8
"""Modules that were not in the file: fewer are loaded as usual, from one run to the next."""
_LENGTH = 4
"""Bytes at the beginning of the file that say how long the index is, which comes next."""


class _Loader(SourceFileLoader):
    """Takes the bytecode from the one file, and all else from the source."""

    def __init__(self, name: str, path: str, read: Callable[[], bytes]) -> None:
        super().__init__(name, path)
        self._read = read

    def get_code(self, fullname: str) -> CodeType:
        code: CodeType = marshal.loads(self._read())
        return code


class Modules:
    """The modules of the file, for `sys.meta_path`, and the names of those that it should have had."""

    def __init__(self) -> None:
        self.missed: list[str] = []
        self._patterns: dict[str, bytes] = {}
        self._index: dict[str, Entry] = {}
        self._start = 0
        made_for = None
        try:
            self._file: FileIO | None = open(_FILE, "rb", buffering=0)  # noqa: SIM115  read from until the end
            head = int.from_bytes(self._file.read(_LENGTH), "big")
            made_for, self._index, self._patterns = marshal.loads(self._file.read(head))
            self._start = _LENGTH + head
        except (OSError, ValueError, EOFError, TypeError, MemoryError):  # damaged, or not there
            self._file = None
        if made_for != _FOR:
            self._index, self._patterns = {}, {}

    def install(self) -> None:
        """Have all modules that are imported from here on come from the file, and the regular expressions."""
        sys.meta_path.insert(0, self)
        from nestforge.model.pattern import KEPT  # it may be in the file

        KEPT.update(self._patterns)

    def _code(self, entry: Entry) -> bytes:
        assert self._file is not None
        # Not seek and read: processes that this one has forked share the place in the file.
        return os.pread(self._file.fileno(), entry[4], self._start + entry[3])

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return what loads a module of nestforge; None for others, and for what is not in the file as it is now."""
        if not name.startswith(f"{_PACKAGE}."):
            return None
        entry = self._index.get(name)
        if entry is None or _stamp(source := f"{_ROOT}{os.sep}{entry[0]}") != entry[1:3]:
            self.missed.append(name)
            return None
        spec = ModuleSpec(name, _Loader(name, source, lambda: self._code(entry)), origin=source)
        spec.has_location, spec.cached = True, _FILE
        if os.path.basename(source) == "__init__.py":
            spec.submodule_search_locations = [os.path.dirname(source)]
        return spec

    def keep_what_was_missed(self) -> None:
        """Write the file anew where many modules were not in it, or a regular expression: that one loads `re`.

        What cannot be written is not missed.
        """
        from nestforge.model.pattern import MISSED

        if len(self.missed) < _WORTH_WRITING and not MISSED:
            return
        if sys.dont_write_bytecode or sys.pycache_prefix is not None:
            return
        temporary = f"{_FILE}.{os.getpid()}"
        try:
            with open(temporary, "xb") as file:
                file.write(self._renewed())
            os.replace(temporary, _FILE)
        except OSError:
            return

    def _renewed(self) -> bytes:
        """Return the file with what was missed, and without what has changed."""
        from nestforge.model.pattern import to_keep

        index: dict[str, Entry] = {}
        codes: list[bytes] = []
        start = 0
        for name in sorted({*self._index, *self.missed}):
            found = self._kept(name) or _loaded(name)
            if found is not None:
                (relative, changed, size), code = found
                index[name] = relative, changed, size, start, len(code)
                codes.append(code)
                start += len(code)
        head = marshal.dumps((_FOR, index, to_keep()))
        return len(head).to_bytes(_LENGTH, "big") + head + b"".join(codes)

    def _kept(self, name: str) -> tuple[tuple[str, int, int], bytes] | None:
        """Return what the file has of a module, where it still is what the source says."""
        entry = self._index.get(name)
        if entry is None or _stamp(os.path.join(_ROOT, entry[0])) != entry[1:3]:
            return None
        return entry[:3], self._code(entry)


def _loaded(name: str) -> tuple[tuple[str, int, int], bytes] | None:
    """Return the same of a module that was loaded as usual."""
    spec = getattr(sys.modules.get(name), "__spec__", None)
    if spec is None or not isinstance(spec.loader, SourceFileLoader):
        return None
    path = spec.loader.path
    stamp, code = _stamp(path), spec.loader.get_code(name)
    if stamp is None or code is None:
        return None
    return (os.path.relpath(path, _ROOT), *stamp), marshal.dumps(code)


def _stamp(path: str) -> tuple[int, int] | None:
    """Return when a file was changed, and how long it is."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
