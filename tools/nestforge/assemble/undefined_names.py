"""Find every undefined name of a template: Jinja2 ends at the first one."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, TypeVar

from jinja2 import Undefined, UndefinedError
from jinja2.utils import missing

from nestforge.assemble.name_in_line import name_in_line
from nestforge.model.diagnostic import Diagnostic, Span
from nestforge.model.near_miss import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2 import Environment

T = TypeVar("T")

_MOST_NAMES = 20


class UnknownName(UndefinedError):
    """A function of the context was asked for something by a name that is not known."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


def undefined_names(
    environment: Environment, files: Mapping[str, str], path: str, context: Mapping[str, object]
) -> tuple[Diagnostic, ...]:
    """Return a finding for each undefined name that rendering `path` meets, each once.

    What is undefined counts as nothing, and the rendering goes on as far as that leads.
    """
    found: dict[Diagnostic, None] = {}

    def add(span: Span, message: str, help: str) -> None:
        place = name_in_line(span, message, files)
        found[Diagnostic(place, "R2001", "undefined-name", message, help)] = None

    def note(undefined: Undefined) -> None:
        span = _place()
        line = files[span.path].splitlines()[span.line - 1]
        add(span, *_words(undefined, line, context))

    def forgiving(function: Callable[..., T]) -> Callable[..., T | Undefined]:
        def call(*arguments: object, **named: object) -> T | Undefined:
            try:
                return function(*arguments, **named)
            except UnknownName as error:
                add(_place(), str(error.message), error.help)
                return _Silent()

        return call

    forgiven = {name: forgiving(value) if callable(value) else value for name, value in context.items()}
    with suppress(Exception):  # what comes of nothing where something was meant is not the author's fault
        environment.overlay(undefined=_noted(note)).get_template(path).render(forgiven)
    return tuple(found)


class _Silent(Undefined):
    """Nothing, of which is said already that it is: whatever is done with it gives nothing again."""

    __slots__ = ()

    def _used(self) -> None:
        """Hear of a use."""

    def _nothing(self, *arguments: object) -> _Silent:
        self._used()
        return _Silent()

    def __getattr__(self, name: str) -> _Silent:
        if name.startswith("__"):
            raise AttributeError(name)
        return self._nothing()

    def __str__(self) -> str:
        self._used()
        return ""

    def __len__(self) -> int:
        self._used()
        return 0

    def __iter__(self) -> Iterator[object]:
        self._used()
        return iter(())

    def __bool__(self) -> bool:
        self._used()
        return False

    def __eq__(self, other: object) -> bool:
        self._used()
        return isinstance(other, Undefined)

    def __index__(self) -> int:
        self._used()
        return 0

    def __float__(self) -> float:  # type: ignore[override]  # it raises in Undefined
        self._used()
        return 0.0

    def _compared(self, other: object) -> bool:
        self._used()
        return False

    __int__ = __index__  # type: ignore[assignment]  # in Undefined these raise
    __lt__ = __le__ = __gt__ = __ge__ = _compared  # type: ignore[assignment]
    __hash__ = Undefined.__hash__
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _nothing  # type: ignore[assignment]
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = _nothing  # type: ignore[assignment]
    __pos__ = __neg__ = __call__ = __getitem__ = __pow__ = __rpow__ = _nothing  # type: ignore[assignment]


def _noted(note: Callable[[Undefined], None]) -> type[Undefined]:
    """Return the type of what is undefined: it is noted with its first use."""

    class Noted(_Silent):
        __slots__ = ()

        def _used(self) -> None:
            note(self)

    return Noted


def _place() -> Span:
    """Return the line of the template that is being rendered."""
    frame = sys._getframe(1)
    while True:
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            return Span(template.name, template.get_corresponding_lineno(frame.f_lineno))
        assert frame.f_back is not None, "a template is being rendered"
        frame = frame.f_back


def _words(undefined: Undefined, line: str, context: Mapping[str, object]) -> tuple[str, str]:
    """Return what is wrong, in the template's own words, and what to do."""
    name = str(undefined._undefined_name)
    if undefined._undefined_obj is missing:
        message = undefined._undefined_hint or f"'{name}' is undefined"
        return message, did_you_mean(name, context) or _listed("the names here are", context)
    owner = re.search(rf"([A-Za-z_][\w.]*)(?:\.|\[['\"]){re.escape(name)}\b", line)
    whose = f"'{owner[1]}'" if owner else "this value"
    known = _names_in(undefined._undefined_obj)
    return f"{whose} has no '{name}'", did_you_mean(name, known) or _listed(f"{whose} has", known)


def _names_in(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [str(name) for name in value]
    kind = value.__class__  # of a view of a value, that of the value
    if is_dataclass(kind):
        properties = [name for name, member in vars(kind).items() if isinstance(member, property)]
        return [*(field.name for field in fields(kind)), *properties]
    return []


def _listed(head: str, names: Iterable[str]) -> str:
    known = sorted(names)
    if not known:
        return "see what it is read from, in service/"
    return f"{head} {', '.join(known[:_MOST_NAMES])}{', …' if len(known) > _MOST_NAMES else ''}"
