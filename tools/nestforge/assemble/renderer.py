"""Render the project's templates: Jinja2, sandboxed, where an undefined name is a finding at its line."""

from __future__ import annotations

import dataclasses
import posixpath
import re
from typing import TYPE_CHECKING

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError, TemplateNotFound, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from nestforge.assemble.line_marks import FileNumbers, MarkLines
from nestforge.model.diagnostic import Diagnostic, Span
from nestforge.model.near_miss import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nestforge.model.build import Origin


class Rendering(Exception):  # not an error of ours: it carries the author's
    """A template that could not be rendered; `diagnostic` says where and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


class _Environment(ImmutableSandboxedEnvironment):
    def join_path(self, template: str, parent: str) -> str:
        """Resolve an include against the folder of the template that includes."""
        return posixpath.normpath(posixpath.join(posixpath.dirname(parent), template))


class Renderer:
    """Renders templates of `files` with a context; one instance serves a whole build."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files
        self.numbers = FileNumbers()
        self.environment = _Environment(
            loader=FunctionLoader(self._load),
            undefined=StrictUndefined,
            extensions=[MarkLines],
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,  # YAML, shell and Markdown, not HTML
        )
        self.environment.file_numbers = self.numbers  # type: ignore[attr-defined]  # read by MarkLines

    def render(self, path: str, context: Mapping[str, object]) -> tuple[str, tuple[Origin, ...]]:
        """Return the text that the template at `path` gives, and the origin of each of its lines.

        Raises Rendering.
        """
        try:
            text = self.environment.get_template(path).render(context)
        except TemplateSyntaxError as error:
            span = Span(error.name or path, error.lineno)
            raise Rendering(self._finding(span, "R2002", "template-syntax", error.message or "")) from error
        except TemplateNotFound as error:
            span = self._place(error, path)
            message = f"there is no file '{error.name}'"
            help = did_you_mean(str(error.name), self.files)
            raise Rendering(self._finding(span, "R2003", "missing-template", message, help)) from error
        except UndefinedError as error:
            span = self._place(error, path)
            help = _near_name(str(error.message), context)
            raise Rendering(self._finding(span, "R2001", "undefined-name", str(error.message), help)) from error
        except SecurityError as error:
            span = self._place(error, path)
            raise Rendering(self._finding(span, "R2004", "unsafe-template", str(error))) from error
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            span = self._place(error, path)
            raise Rendering(self._finding(span, "R2002", "template-syntax", str(error))) from error
        return self.numbers.unmark(text, path)

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = self.files.get(name)
        return None if source is None else (source, name, lambda: True)

    def _finding(self, span: Span, code: str, name: str, message: str, help: str | None = None) -> Diagnostic:
        return Diagnostic(self._name_in_line(span, message), code, name, message, help)

    def _name_in_line(self, span: Span, message: str) -> Span:
        """Return the place of the name that `message` quotes, where its line holds it once; Jinja2 knows lines only.

        What is missing is quoted last: "'x' has no attribute 'y'", "expected token 'in', got 'of'".
        """
        lines = self.files.get(span.path, "").splitlines()
        line = lines[span.line - 1] if span.line <= len(lines) else ""
        for name in reversed(re.findall(r"'([^']+)'", message)):
            found = list(re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", line))
            if len(found) == 1:
                return Span(span.path, span.line, found[0].start() + 1, span.line, found[0].end() + 1)
        return span

    def _place(self, error: BaseException, path: str) -> Span:
        """Return the innermost line of a template in the error's traceback, which Jinja2 has rewritten."""
        span = Span(path, 1)
        traceback = error.__traceback__
        while traceback is not None:
            name = traceback.tb_frame.f_code.co_filename
            if name in self.files:
                span = Span(name, traceback.tb_lineno)
            traceback = traceback.tb_next
        return span


def _near_name(message: str, context: Mapping[str, object]) -> str | None:
    quoted = re.findall(r"'([^']*)'", message)
    if not quoted:
        return None
    if "has no attribute" in message:
        fields = {
            field.name for value in context.values() for part in _parts(value) for field in dataclasses.fields(part)
        }
        return did_you_mean(quoted[-1], fields)
    return did_you_mean(quoted[0], context)


def _parts(value: object) -> list[type]:
    """Return the dataclasses that `value` is made of."""
    if isinstance(value, tuple):
        return [part for item in value for part in _parts(item)]
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return []
    inner = [part for field in dataclasses.fields(value) for part in _parts(getattr(value, field.name))]
    return [type(value), *inner]
