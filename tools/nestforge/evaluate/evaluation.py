"""What a template makes of the values of its parameters."""

from __future__ import annotations

from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.parameters import Parameter
    from nestforge.evaluate.value import Value
    from nestforge.model.diagnostic import Diagnostic, Span


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource that is created: `Web`, or `Web[0]` where there is a Count.

    `needs` are the resources that are created before. `condition` is the name of its condition, and
    `certain` is false where only creation can tell whether that is true. One that is `retained` outlives
    its stack.
    """

    name: str
    type: str
    properties: dict[str, Value]
    needs: tuple[str, ...]
    condition: str | None
    certain: bool
    retained: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Output:
    """An output; its texts are in the language that was asked for. With `no_echo` its value is never shown."""

    name: str
    value: Value
    no_echo: bool
    label: str | None
    description: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result: everything by name, in order, with all findings."""

    parameters: dict[str, Parameter]
    conditions: dict[str, Value]
    resources: dict[str, Resource]
    left_out: dict[str, str]
    outputs: dict[str, Output]
    diagnostics: tuple[Diagnostic, ...]
