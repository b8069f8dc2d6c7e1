"""The package of a build, as rules look at it: each part is made when a rule first asks for it."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from types import MethodType
from typing import Any, cast

from nestforge.assemble.layout import CONFIG, template_path
from nestforge.assemble.noted import noted
from nestforge.assemble.rendered_root import rendered_root
from nestforge.lint.config import Config, read_config
from nestforge.lint.config_places import config_place
from nestforge.lint.package import MadeFiles, Package
from nestforge.model.build import span_of_origin
from nestforge.sources.libyaml import YAMLError
from nestforge.sources.template import Template

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nestforge.model.build import Build
    from nestforge.sources.memo import Question


class BuiltPackage:
    """The parts of the package of `build` that were asked for, and what was looked at for each of them.

    What could not be built is not in it.
    """

    def __init__(self, build: Build) -> None:
        self.build = build
        self._made: dict[str, object] = {}
        self._views: dict[str, _View] = {}

    @contextmanager
    def noted(self, notes: set[Question]) -> Iterator[Package]:
        """Give the package to a rule, and add to `notes` what the rule has looked at in the build in the end."""
        view = _View(self)
        yield cast("Package", view)
        notes |= self._looked_at(view)

    def part(self, name: str) -> object:
        """Return a part of the package, the same to everyone who asks."""
        if name not in self._made:
            view = self._views[name] = _View(self)
            make = _PARTS.get(name) or cast("cached_property[object]", vars(Package)[name]).func
            self._made[name] = make(view)
        return self._made[name]

    def _looked_at(self, view: _View) -> set[Question]:
        """Return what was looked at through a view, also for the parts that it used, which look when they must."""
        return view.notes.union(*(self._looked_at(self._views[name]) for name in view.used))


class _View:
    """A `Package` of its own for each that looks at one."""

    def __init__(self, package: BuiltPackage) -> None:
        self.package = package
        self.notes: set[Question] = set()
        self.used: set[str] = set()
        self.build = noted(package.build, self.notes)

    def __getattr__(self, name: str) -> Any:  # what Package has under this name
        if name == "files":
            return MadeFiles(self.build.files, bool(self.build.diagnostics), self.sources)
        member = vars(Package).get(name)
        if name in _PARTS or isinstance(member, cached_property):
            self.used.add(name)
            return self.package.part(name)
        if isinstance(member, property) and member.fget is not None:
            return member.fget(self)
        return MethodType(getattr(Package, name), self)


def _documents(view: _View) -> dict[str, str]:
    files = view.build.files
    return {path: files[path].decode() for path in files if path.endswith(".md")}


def _config(view: _View) -> Config | None:
    text = view.build.files.get(CONFIG)
    project = view.build.project
    return read_config(text.decode(), lambda way, node: config_place(project, way, node)) if text else None


def _templates(view: _View) -> tuple[Template, ...]:
    editions = view.build.project.service.editions
    return tuple(found for edition in editions if (found := _template(view.build, template_path(edition))))


def _template(build: Build, path: str) -> Template | None:
    if path not in build.files:
        return None
    text, origins = build.files[path].decode(), build.origins[path]
    try:
        root = rendered_root(text)
    except YAMLError:  # rendering has reported it
        return None
    return (
        Template(path, text, root, lambda line: span_of_origin(origins, path, line).path) if root is not None else None
    )


def _complete(view: _View) -> bool:
    return len(view.templates) == len(view.build.project.service.editions)


def _sources(view: _View) -> dict[str, str]:
    """Return what is packed, or put into config.yaml, where its author edits it: scripts that are in no template."""
    build, config = view.build, view.config
    in_templates = {origin.path for path in build.origins if not path.endswith(".md") for origin in build.origins[path]}
    files = build.project.files
    scripts = {path: files[path] for path in sorted(files) if path.endswith(".sh") and path not in in_templates}
    return scripts | ({CONFIG: config.without_commands(build.files[CONFIG].decode())} if config else {})


_PARTS: dict[str, Callable[[_View], object]] = {
    "documents": _documents,
    "config": _config,
    "templates": _templates,
    "complete": _complete,
    "sources": _sources,
}
