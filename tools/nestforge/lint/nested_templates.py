"""The templates inside a template: what a nested stack is made of, each with its places in the file around it."""

from __future__ import annotations

from nestforge.sources.libyaml import MappingNode, ScalarNode, YAMLError
from nestforge.sources.nodes import entries, function_of, items
from nestforge.sources.substitution import parts_of
from nestforge.sources.template import TEMPLATE_KEYS, Template, composed, not_a_template
from nestforge.sources.yaml_file import syntax_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.model.diagnostic import Diagnostic

_BODY = "TemplateBody"
_TYPES = ("ALIYUN::ROS::Stack", "ALIYUN::ROS::StackGroup")
_DEEPEST = 5
"""Stacks inside each other; ROS refuses more."""

_MOST = 50
"""Templates of a file that are looked at: each one may cost what the whole file does."""

_VARIABLE = "${"


def nested_templates(template: Template, report: list[Diagnostic]) -> Iterator[Template]:
    """Yield the templates that nested stacks are made of, and those inside them, where they are written out.

    A body can be a map or a text. What Fn::Sub fills in is not known, so that of such a text only a fault before
    the first variable is one for certain. What is no template goes into `report`.
    """
    seen: set[int] = set()
    levels = [[template]]
    for _ in range(_DEEPEST):
        levels.append([])
        for outer in levels[-2]:
            for node in _bodies(outer):
                if id(node) in seen:
                    continue
                if len(seen) >= _MOST:
                    return
                seen.add(id(node))
                found = _template_of(node, outer, report)
                if found is not None:
                    levels[-1].append(found)
                    yield found


def body_of(template: Template, name: str) -> Template | None:
    """Return the template that a nested stack is made of, where it is written out and there is no choice of several."""
    branches = list(_branches(template.properties_of(name).get(_BODY)))
    return _template_of(branches[0], template, []) if len(branches) == 1 else None


def _bodies(template: Template) -> Iterator[Node]:
    for name in template.resources:
        if template.type_of(name) in _TYPES:
            yield from _branches(template.properties_of(name).get(_BODY))


def _branches(body: Node | None) -> Iterator[Node]:
    """Yield what a body can be, through `Fn::If`."""
    waiting, seen = [body], set[int]()
    while waiting:
        node = waiting.pop()
        if node is None or id(node) in seen:
            continue
        seen.add(id(node))
        called = function_of(node)
        if called is not None and called[0] == "Fn::If":
            waiting += reversed(items(called[1])[1:3])
        else:
            yield node


def _template_of(node: Node, outer: Template, report: list[Diagnostic]) -> Template | None:
    called = function_of(node)
    if called is None:
        if isinstance(node, MappingNode):
            return Template(outer.path, outer.text, node, outer.source_of) if node.value else None
        return _read(node, outer, report) if isinstance(node, ScalarNode) and _is_text(node) else None
    parts = parts_of(called[1]) if called[0] == "Fn::Sub" else None
    if parts is None or not isinstance(parts[0], ScalarNode):
        return None
    if _VARIABLE not in parts[0].value:
        return _read(parts[0], outer, report)
    if parts[0].style == "|":
        _report_fault_before_variable(parts[0], outer, report)
    return None


def _is_text(node: ScalarNode) -> bool:
    return "\n" in node.value or node.value.lstrip().startswith("{")


def _read(node: ScalarNode, outer: Template, report: list[Diagnostic]) -> Template | None:
    text, has_places = _in_place(node, outer)
    try:
        root = composed(text)
    except YAMLError as error:
        fault = syntax_error(text, outer.path, error)
        report.append(fault if has_places else fault._replace(span=outer.span(node)))
        return None
    if root is None or not entries(root).keys() & TEMPLATE_KEYS:
        report.append(not_a_template(outer.span(node)))
        return None
    if not has_places:
        _place_at(root, node)
        text = outer.text
    return Template(outer.path, text, root, outer.source_of)


def _in_place(node: ScalarNode, outer: Template) -> tuple[str, bool]:
    """Return the text of a scalar, and whether every sign of it is where the file has it, after nothing but blanks."""
    start, end = node.start_mark, node.end_mark
    if node.style == "|":
        lines = outer.lines[start.line + 1 : end.line + (1 if end.column else 0)]
        return "\n" * (start.line + 1) + "\n".join(lines), True
    if node.style == "'" and "'" not in node.value and node.value.lstrip().startswith("{"):
        lines = outer.lines[start.line : end.line + 1]
        lines[-1] = lines[-1][: end.column - 1]
        lines[0] = " " * (start.column + 1) + lines[0][start.column + 1 :]
        return "\n" * start.line + "\n".join(lines), True
    return node.value, False


def _place_at(root: Node, node: ScalarNode) -> None:
    """Give everything the place of the text that it was read from."""
    waiting, seen = [root], set[int]()
    while waiting:
        inner = waiting.pop()
        if id(inner) in seen:
            continue
        seen.add(id(inner))
        inner.start_mark, inner.end_mark = node.start_mark, node.end_mark
        if isinstance(inner, MappingNode):
            waiting += [of for pair in inner.value for of in pair]
        else:
            waiting += items(inner)


def _report_fault_before_variable(node: ScalarNode, outer: Template, report: list[Diagnostic]) -> None:
    text, _ = _in_place(node, outer)
    try:
        composed(text)
    except YAMLError as error:
        fault = syntax_error(text, outer.path, error)
        first = text.count("\n", 0, text.index(_VARIABLE)) + 1
        if fault.span.line < first:
            report.append(fault)
