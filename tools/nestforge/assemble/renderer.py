"""Render the project's templates: Jinja2, sandboxed, where an undefined name is a finding at its line."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError, Undefined
from jinja2.exceptions import SecurityError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from nestforge.assemble.include_circle import include_circle
from nestforge.assemble.line_marks import FileNumbers, MarkLines
from nestforge.assemble.name_in_line import name_in_line
from nestforge.assemble.near_path import near_path
from nestforge.assemble.undefined_names import undefined_names
from nestforge.model.diagnostic import Diagnostic, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nestforge.model.build import Origin

SYNTAX = "see https://jinja.palletsprojects.com/en/stable/templates/"


class Rendering(Exception):  # not an error of ours: it carries the author's
    """A template that could not be rendered; `diagnostics` say where and why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__(diagnostics[0].message)
        self.diagnostics = diagnostics


class _Environment(ImmutableSandboxedEnvironment):
    def join_path(self, template: str, parent: str) -> str:
        """Resolve an include against the folder of the template that includes."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(parent), template))
        return template if path.startswith("../") else path


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
        self.environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "default": _as_json}
        self.environment.file_numbers = self.numbers  # type: ignore[attr-defined]  # read by MarkLines

    def render(self, path: str, context: Mapping[str, object]) -> tuple[str, tuple[Origin, ...]]:
        """Return the text that the template at `path` gives, and the origin of each of its lines.

        Raises Rendering.
        """
        try:
            text = self.environment.get_template(path).render(context)
        except TemplateSyntaxError as error:
            span = Span(error.name or path, error.lineno)
            raise Rendering(self._finding(span, "R2002", "template-syntax", error.message or "", SYNTAX)) from error
        except TemplateNotFound as error:
            span = self._place(error, path)
            raise Rendering(
                self._finding(span, "R2003", "missing-template", *self._missing(str(error.name)))
            ) from error
        except SecurityError as error:
            span = self._place(error, path)
            help = "a template may name what it is given, and call its functions"
            raise Rendering(self._finding(span, "R2004", "unsafe-template", str(error), help)) from error
        except RecursionError as error:
            raise Rendering(include_circle(error.__traceback__, self.files, path)) from error
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            span = self._place(error, path)
            fault = self._finding(span, "R2002", "template-syntax", str(error), SYNTAX)
            raise Rendering(*(undefined_names(self.environment, self.files, path, context) or [fault])) from error
        return self.numbers.unmark(text, path)

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = self.files.get(name)
        return None if source is None else (source, name, lambda: True)

    def _finding(self, span: Span, code: str, name: str, message: str, help: str) -> Diagnostic:
        return Diagnostic(name_in_line(span, message, self.files), code, name, message, help)

    def _missing(self, name: str) -> tuple[str, str]:
        """Return what is wrong with the name of a file to include, and what to do."""
        if name.startswith(("../", "/")):
            return f"'{name}' leads out of the project", "copy the file into the project"
        near = near_path(name, self.files)
        return f"there is no file '{name}'", near or "write it, or take out what names it"

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


def _as_json(value: object) -> str:
    """Let what is undefined say so; json would say that it knows no `StrictUndefined`."""
    if isinstance(value, Undefined):
        return str(value)
    raise TypeError(f"JSON has no {type(value).__name__}")
