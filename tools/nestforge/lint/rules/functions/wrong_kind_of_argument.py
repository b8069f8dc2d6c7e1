"""R3303."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.kinds import LIST, MAP, NULL, SAID, TEXT, kind_of, kinds_of, said
from nestforge.lint.placed_calls import inline_condition_in, placed_calls
from nestforge.sources.nodes import TEXT as TAG_OF_TEXT
from nestforge.sources.nodes import children, function_of, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template

_FLOAT = "tag:yaml.org,2002:float"
_QUOTE = "put it in quotes"


@rule("R3303")
def wrong_kind_of_argument(template: Template) -> Iterator[Finding]:
    """A function is given a list, a map or a text where it takes another kind of value.

    What another function returns, and what a parameter is by its type, counts as well.

    Bad:  {"Fn::Join": [",", {Ref: Model}]}
    Good: {"Fn::Join": [",", [{Ref: Model}, web]]}
    """
    for placed in placed_calls(template):
        signature = placed.signature
        for index, node in enumerate(placed.given or ()):
            argument = signature.argument(index) if signature else None
            if argument is None or not argument.kinds or _is_fitting_text(node, argument.kinds):
                continue
            if inline_condition_in(placed) is node:
                continue
            yield from _faults(template, placed.function, argument.what, node, argument.kinds)
            if argument.entries and function_of(node) is None and kind_of(node) in argument.kinds:
                for item in children(node):
                    if not _is_fitting_text(item, argument.entries):
                        what = f"an entry of {argument.what}"
                        yield from _faults(template, placed.function, what, item, argument.entries)


def _is_fitting_text(node: Node, wanted: tuple[str, ...]) -> bool:
    """Return whether a text is written out where one may be: mostly so."""
    return node.tag == TAG_OF_TEXT and TEXT in wanted


def _faults(template: Template, function: str, what: str, node: Node, wanted: tuple[str, ...]) -> Iterator[Finding]:
    found = kinds_of(node, template)
    if function == "Fn::Join" and node.tag == _FLOAT:
        yield Finding(template.span(node), f"{function}: {what} is {scalar(node)}, which is no whole number", _QUOTE)
    if found is None or not found.isdisjoint(wanted) or NULL in found or "{{" in (scalar(node) or ""):
        return
    if function == "Fn::Join" and kind_of(node) == LIST and function_of(node) is None:
        help = "each entry must be a text; join the inner list first"
    else:
        help = _help(found, wanted)
    said_found = SAID[next(iter(found))] if len(found) == 1 else "neither"
    yield Finding(template.span(node), f"{function}: {what} is {said_found}, expected {said(wanted)}", help)


def _help(found: frozenset[str], wanted: tuple[str, ...]) -> str:
    if LIST in wanted:
        return "write it as a list, `[a, b]`, even of one entry"
    if wanted == (MAP,):
        return "write it as a map, `{key: value}`"
    if found == {LIST}:
        return "take one entry out of it with Fn::Select, or write only one"
    return f"write {said(wanted)}"
