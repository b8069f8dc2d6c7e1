"""Show the evaluation of a template: to a person, and to a machine."""

from __future__ import annotations

import json

from nestforge.evaluate.data import SECRETS, NoValue, Unknown
from nestforge.evaluate.shown import harmless, plain, shown_text, shown_unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nestforge.evaluate.evaluation import Evaluation
    from nestforge.evaluate.value import Value
    from nestforge.model.diagnostic import Diagnostic, Span

SCHEMA = 1

_MOST_LINES = 12
"""Lines of one text that a person is shown; `--json` has all."""


def evaluation_text(result: Evaluation) -> str:
    """Return everything by section."""
    return "\n".join(map(harmless, _lines(result)))


def _lines(result: Evaluation) -> Iterator[str]:
    if result.conditions:
        yield "conditions"
        for name, value in result.conditions.items():
            yield f"  {name}: {_scalar(value.data)}{_because(value)}"
        yield ""
    yield "resources, in the order of creation" if result.resources else "no resources"
    for number, resource in enumerate(result.resources.values(), 1):
        needs = f" after {', '.join(resource.needs)}" if resource.needs else ""
        doubt = "" if resource.certain else f" if {resource.condition}, known after creation"
        yield f"  {number}. {resource.name} ({resource.type}){needs}{doubt}"
        for name, value in resource.properties.items():
            yield from _entry(name, value, "     ")
    for name, condition in result.left_out.items():
        yield f"  not created: {name}, because {condition} is false"
    yield ""
    yield "outputs" if result.outputs else "no outputs"
    for output in result.outputs.values():
        yield from _entry(output.name, output.value, "  ", output.label)


def _entry(name: str, value: Value, margin: str, label: str | None = None) -> Iterator[str]:
    head = f"{margin}{shown_text(name)}{f' ({label})' if label and label != name else ''}:"
    content = value.content
    if isinstance(content, dict) and content:
        yield head
        for key, item in content.items():
            yield from _entry(key, item, margin + "  ")
    elif isinstance(content, list) and content:
        yield head
        for place, item in enumerate(content):
            yield from _entry(f"[{place}]", item, margin + "  ")
    else:
        first, *more = _scalar(value.data).split("\n")
        yield f"{head} {'|' if more else first}{_because(value)}"
        shown = [first, *more] if more else []
        yield from (f"{margin}    {line}" for line in shown[:_MOST_LINES])
        if len(shown) > _MOST_LINES:
            yield f"{margin}    … {len(shown) - _MOST_LINES} more lines"


def _scalar(data: object) -> str:
    if isinstance(data, Unknown):
        return shown_unknown(data)
    if isinstance(data, str):
        return shown_text(data)
    return json.dumps(plain(data), ensure_ascii=False)  # type: ignore[arg-type]  # a value's data is Data


def _because(value: Value) -> str:
    return f"  <- {', '.join(value.origin.through)}" if value.origin.through else ""


def evaluation_json(result: Evaluation | None, findings: Sequence[Diagnostic]) -> str:
    """Return the evaluation as one line of JSON; where there is none, only what is wrong."""
    facts: dict[str, object] = {"schema": SCHEMA}
    if result is not None:
        facts |= {
            "parameters": {
                name: {
                    "type": parameter.type,
                    "given": parameter.given,
                    "visible": parameter.form.visible,
                    "required": parameter.form.required,
                    "offered": parameter.form.choices.offered,
                    "filled_in": parameter.form.choices.filled_in,
                    "least": parameter.form.choices.least,
                    "greatest": parameter.form.choices.greatest,
                    "problems": parameter.problems,
                    **_value(parameter.value),
                }
                for name, parameter in result.parameters.items()
            },
            "conditions": {name: _value(value) for name, value in result.conditions.items()},
            "resources": [
                {
                    "name": resource.name,
                    "type": resource.type,
                    "needs": resource.needs,
                    "condition": resource.condition,
                    "certain": resource.certain,
                    "retained": resource.retained,
                    "origin": _place(resource.span),
                    "properties": _values(resource.properties),
                }
                for resource in result.resources.values()
            ],
            "left_out": result.left_out,
            "outputs": {
                name: {"label": output.label, "description": output.description, **_value(output.value)}
                for name, output in result.outputs.items()
            },
        }
    return json.dumps({**facts, "findings": [found.facts() for found in findings]}, ensure_ascii=False)


def _values(values: Mapping[str, Value]) -> dict[str, object]:
    return {shown_text(name): _value(value) for name, value in values.items()}


def _value(value: Value) -> dict[str, object]:
    """Return a value with its origin; of what is not known its type, what will tell it, and its text so far."""
    content = value.content
    facts: dict[str, object]
    if isinstance(content, Unknown):
        facts = {"unknown": content.type, "of": content.of, "text": shown_unknown(content), "faulty": content.faulty}
    elif isinstance(content, list):
        facts = {"value": [_value(item) for item in content]}
    elif isinstance(content, dict):
        facts = {"value": _values(content)}
    else:
        facts = {"value": None if isinstance(content, NoValue) else plain(content)}
        if isinstance(content, SECRETS):
            facts["secret"] = True
    return {**facts, "origin": _place(value.origin.span), "through": value.origin.through}


def _place(span: Span) -> str:
    return f"{span.path}:{span.line}:{span.column}"
