"""A value with the place that made it."""

from __future__ import annotations

from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from nestforge.evaluate.data import Data, NoValue, Unknown
    from nestforge.model.diagnostic import Span

MOST_STEPS = 12
"""How many names an origin lists; a script that is put together from everything has hundreds."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was written, and what it came through: `parameter VpcId`, `CreateVpc is false`."""

    span: Span
    through: tuple[str, ...] = ()

    def after(self, *steps: str) -> Origin:
        """Return the same place with more on the way to it, each named once."""
        return Origin(self.span, tuple(dict.fromkeys((*steps, *self.through)))[:MOST_STEPS])


Content: TypeAlias = "str | int | float | bool | Unknown | NoValue | list[Value] | dict[str, Value] | None"


@dataclass(frozen=True, slots=True)
class Value:
    """A value; those inside a list or a map have origins of their own."""

    content: Content
    origin: Origin

    @property
    def data(self) -> Data:
        """The value by itself."""
        if isinstance(self.content, list):
            return [item.data for item in self.content]
        if isinstance(self.content, dict):
            return {key: item.data for key, item in self.content.items()}
        return self.content

    @property
    def steps(self) -> tuple[str, ...]:
        """What this value and those inside came through."""
        found: dict[str, None] = {}
        waiting = [self]
        while waiting:
            value = waiting.pop()
            found |= dict.fromkeys(value.origin.through)
            if isinstance(value.content, list):
                waiting += reversed(value.content)
            elif isinstance(value.content, dict):
                waiting += reversed(value.content.values())
        return tuple(found)


def made_of(data: Data, origin: Origin) -> Value:
    """Return `data` as a value, all of it from one place."""
    if isinstance(data, list):
        return Value([made_of(item, origin) for item in data], origin)
    if isinstance(data, dict):
        return Value({key: made_of(item, origin) for key, item in data.items()}, origin)
    return Value(data, origin)
