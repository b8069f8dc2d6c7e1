"""A template that is open in an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.lint.check import check_loaded
from nestforge.lint.registry import run_on_save
from nestforge.lint.settings import Settings
from nestforge.lsp.completion import Suggestion, complete
from nestforge.lsp.composer import Composer
from nestforge.lsp.cursor import cursor_at
from nestforge.lsp.definition import definition
from nestforge.lsp.hover import Hover, hover
from nestforge.lsp.moved import moved
from nestforge.sources.memory import Memory
from nestforge.sources.template import TEMPLATE_KEYS, Template
from nestforge.sources.text_file import LARGEST
from nestforge.sources.yaml_file import syntax_error

if TYPE_CHECKING:
    from nestforge.lsp.spot import Position
    from nestforge.model.diagnostic import Diagnostic, Span

_EVERY_RULE = Settings()
_FORMAT = "ROSTemplateFormatVersion"
_TYPES = ("ALIYUN::", "DATASOURCE::")


class Document:
    """One version after the other of a template. What cannot be read of a version is as if it were not there.

    `path` is how findings call the file. What the slow rules found is kept, on the lines that are not edited,
    until the file is saved.
    """

    def __init__(self, path: str, text: str, settings: Settings = _EVERY_RULE) -> None:
        self.path = path
        self._settings = settings
        self._composer = Composer()
        self._memory = Memory()
        self._slow: list[Diagnostic] = []
        self.template: Template
        self._read(text)

    def change(self, text: str) -> list[Diagnostic]:
        """Take the next version while somebody types, and return what is wrong with it."""
        before = self.template.lines
        self._read(text)
        self._slow = moved(self._slow, before, self.template.lines)
        if self._is_readable:
            return sorted([*self._check(typing=True), *self._slow])
        return self._syntax

    def check(self) -> list[Diagnostic]:
        """Return what all rules find, as the file is when it is opened or saved."""
        if not self._is_readable:
            return self._syntax
        findings = self._check()
        slow = run_on_save()
        self._slow = [found for found in findings if found.code in slow]
        return findings

    def _check(self, *, typing: bool = False) -> list[Diagnostic]:
        findings = check_loaded(self.template, self._settings, typing=typing)
        if not self._memory.is_spoilt:
            return findings
        self._memory = Memory()
        self.template = Template(self.path, self.template.text, self.template.root)
        return check_loaded(self.template, self._settings, typing=typing)

    def hover(self, position: Position) -> Hover | None:
        """Return what there is to say about what is at a position."""
        return hover(self.template, position) if self._is_template else None

    def definition(self, position: Position) -> Span | None:
        """Return where what is named at a position is declared."""
        return definition(self.template, position) if self._is_template else None

    def complete(self, position: Position) -> list[Suggestion]:
        """Return what can be typed at a position."""
        if not self._may_become_template:
            return []
        cursor = cursor_at(self.template.text, position, self._composer, self.path)
        return complete(cursor) if cursor is not None else []

    def _read(self, text: str) -> None:
        text = text.encode(errors="replace").decode().replace("\r\n", "\n")  # half a surrogate pair is no character
        composed = self._composer.compose(text if len(text) <= LARGEST else "")
        memory = self._memory if composed.parts else None
        if memory is not None:
            memory.next_version()
        self.template = Template(self.path, text, composed.root, memory=memory, passages=composed.parts)
        self._error = composed.error

    @property
    def _is_template(self) -> bool:
        """Whether this is meant for ROS, which takes no text of such a size: an editor has other YAML files too."""
        text = self.template.text
        if len(text) > LARGEST:
            return False
        return _FORMAT in text or (
            not TEMPLATE_KEYS.isdisjoint(self.template.sections) and any(name in text for name in _TYPES)
        )

    @property
    def _may_become_template(self) -> bool:
        return self._is_template or (not self.template.sections and len(self.template.text) <= LARGEST)

    @property
    def _is_readable(self) -> bool:
        return self._is_template and self._error is None

    @property
    def _syntax(self) -> list[Diagnostic]:
        if self._error is None or not self._is_template:
            return []
        return [syntax_error(self.template.text, self.path, self._error)]
