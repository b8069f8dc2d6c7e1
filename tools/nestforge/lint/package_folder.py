"""Read a package from its folder: any directory with `.computenest/`, whatever made it."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path

from nestforge.assemble.layout import CONFIG
from nestforge.lint.config import Config, read_config
from nestforge.lint.package import Package, span_in
from nestforge.model.diagnostic import Diagnostic, Span
from nestforge.sources.libyaml import YAMLError
from nestforge.sources.nodes import key_text, pairs
from nestforge.sources.template import Template, load_template
from nestforge.sources.text_file import read_text
from nestforge.sources.yaml_file import syntax_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yaml.nodes import Node

COMPUTENEST = ".computenest"
_DOCUMENTS = ("docs", f"{COMPUTENEST}/docs")
_TEMPLATES = f"{COMPUTENEST}/ros_templates"
_TEMPLATE_ENDINGS = (".yaml", ".yml", ".json")


class FolderFiles:
    """The files of a package on disk; what a link leads out of the folder is not among them."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._asked: dict[str, bool] = {}

    def has(self, path: str) -> bool:
        """Return whether there is a file, or a folder, at `path`."""
        if path not in self._asked:
            self._asked[path] = self._look(path)
        return self._asked[path]

    def _look(self, path: str) -> bool:
        try:
            actual = (self.root / path).resolve()
            return actual.is_relative_to(self.root) and actual.exists()
        except (OSError, RuntimeError, ValueError):  # a name that is too long, a link to itself, a zero byte
            return False

    def is_folder(self, path: str) -> bool:
        """Return whether there is a folder at `path`."""
        return self.has(path) and (self.root / path).is_dir()

    def beside(self, path: str) -> Iterable[str]:
        """Return the paths of what is in the same folder."""
        folder = posixpath.dirname(path)
        if not self.has(folder):
            return []
        try:
            return [posixpath.join(folder, other.name) for other in (self.root / folder).iterdir()]
        except OSError:
            return []

    def texts(self) -> Iterable[tuple[str, str]]:
        """Yield path and text of every file of the package that can be read as text."""
        paths = [_files_below(self.root, folder, ("",), []) for folder in (COMPUTENEST, *_DOCUMENTS[:1])]
        for path in (*paths[0], *paths[1], *_at_the_root(self.root)):
            text = read_text(self.root, path, [])
            if text is not None:
                yield path, text


def read_package(root: Path, report: list[Diagnostic]) -> tuple[Package, int]:
    """Return the package in `root` and how many of its files were read; what cannot be read is in `report`."""
    files = FolderFiles(root)
    config, read = _config(root, report)
    named = list(dict.fromkeys(edition.path for edition in config.editions if edition.path)) if config else []
    missing = [path for path in named if not files.has(path)]  # a rule says where it is named
    present = [path for path in named if path not in missing]
    templates = [template for path in present if (template := _template(root, path, report))]
    complete = config is not None and len(templates) == len(named) and not _has_address(config)
    for path in _files_below(root, _TEMPLATES, _TEMPLATE_ENDINGS, report):
        if path not in named and (other := _unnamed_template(root, path, report)):
            templates.append(other)
    documents = [path for folder in _DOCUMENTS for path in _files_below(root, folder, (".md",), report)]
    read_documents = ((path, read_text(root, path, report)) for path in (*documents, *_at_the_root(root)))
    texts = {path: text for path, text in read_documents if text is not None}
    return Package(files, texts, tuple(templates), config, complete), read + len(templates) + len(texts)


def _config(root: Path, report: list[Diagnostic]) -> tuple[Config | None, int]:
    text = read_text(root, CONFIG, report)
    if text is None:
        return None, 0
    try:
        config = read_config(text, lambda way, node: span_in(CONFIG, node), CONFIG)
    except YAMLError as error:
        report.append(syntax_error(text, CONFIG, error))
        return None, 1
    if config is None:
        report.append(Diagnostic(Span(CONFIG, 1), "R1004", "empty-file", "this file holds no YAML value", "write it"))
    else:
        report.extend(_repeated_keys(config.root.node))
    return config, 1


def _repeated_keys(root: Node) -> Iterator[Diagnostic]:
    """Yield the keys that a mapping has twice: only the last one counts."""
    waiting, seen = [root], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        first: dict[str, int] = {}
        for key, value in pairs(node):
            name = key_text(key)
            if name in first and name != "<<":
                message = f"the key '{name}' is here for the second time, the first is on line {first[name]}"
                yield Diagnostic(span_in(CONFIG, key), "R1102", "duplicate-key", message, "keep one of them")
            first.setdefault(name, key.start_mark.line + 1)
            waiting.append(value)
        if isinstance(node.value, list):
            waiting += [item for item in node.value if not isinstance(item, tuple)]


def _template(root: Path, path: str, report: list[Diagnostic]) -> Template | None:
    if not path.endswith(_TEMPLATE_ENDINGS):
        return None  # Terraform's files, an archive: not ours to read
    text = read_text(root, path, report)
    return load_template(text, path, report) if text is not None else None


def _unnamed_template(root: Path, path: str, report: list[Diagnostic]) -> Template | None:
    """Return a template that config.yaml does not name; parameter files stand beside the templates, too."""
    text = read_text(root, path, report)
    return load_template(text, path, report) if text is not None and "ROSTemplateFormatVersion" in text else None


def _has_address(config: Config) -> bool:
    return any(edition.part.text_at("Url") and not edition.path for edition in config.editions)


def _at_the_root(root: Path) -> list[str]:
    """Return what tells the readers of the repository about the package: README.md, in each language."""
    names = (path.name for path in root.iterdir() if path.is_file())
    return sorted(name for name in names if name.lower().startswith("readme") and name.lower().endswith(".md"))


def _files_below(root: Path, folder: str, endings: tuple[str, ...], report: list[Diagnostic]) -> list[str]:
    """Return the files below a folder with one of the endings, sorted; links to folders are not followed."""
    top = root / folder
    if not FolderFiles(root).has(folder):
        if top.is_symlink():
            message = f"'{folder}' leads out of the project"
            report.append(Diagnostic(Span(folder, 1), "R1002", "outside-project", message, "copy it into the project"))
        return []
    found = []
    for where, _, names in os.walk(top):
        base = Path(where).relative_to(root).as_posix()
        found += [f"{base}/{name}" for name in names if name.endswith(endings)]
    return sorted(found)
