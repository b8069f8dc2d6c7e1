"""Compose a YAML document, refusing one that is nested too deeply for any program to walk through."""

from __future__ import annotations

from bisect import bisect_right

from nestforge.model.pattern import pattern
from nestforge.sources.libyaml import PARSER, MappingNode, Mark, MarkedYAMLError, ScalarNode, SequenceNode
from nestforge.sources.nodes import LIST, MAP, TEXT
from nestforge.sources.yaml_scalar import tag_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from yaml import SafeLoader
    from yaml._yaml import CParser
    from yaml.nodes import Node

DEEPEST = 200
"""Levels. Published templates have at most some 30; libyaml itself ends the process beyond some 20,000."""

_OTHER_LINE_ENDS = ("\r", "\x85", "\u2028", "\u2029")
_PROBLEM = f"nested more than {DEEPEST} levels deep"
_BRACKET = pattern(r"[\[\]{}]")
_INDENTED = " " * DEEPEST
_IN_ONE_LINE = ("- - - ", "? ? ? ", "- ? ", "? - ")
"""Without one of these no line begins many levels at once; to look for them is much faster than the pattern."""
_DEEP_BLOCK = pattern(rf"(?m)^ {{{DEEPEST}}}|(?:[-?] ){{{DEEPEST // 4}}}")


class _Tags:
    """What libyaml's composer asks for: the tags of what has none. No tag depends on where a node is."""

    def resolve(self, kind: type[Node], value: str, implicit: tuple[bool, bool]) -> str:
        if kind is ScalarNode:
            return tag_of(value) if implicit[0] else TEXT
        return MAP if kind is MappingNode else LIST

    def descend_resolver(self, parent: Node | None, index: object) -> None: ...

    def ascend_resolver(self) -> None: ...


_LIBYAML: type[CParser] | None = type("_Libyaml", (_Tags, PARSER), {}) if PARSER else None


def _reader(text: str) -> CParser | SafeLoader:
    if _LIBYAML is not None:
        return _LIBYAML(text)
    from yaml import SafeLoader

    return SafeLoader(text)


def compose(text: str) -> Node | None:
    """Return the root node of `text`, None where there is no value; raises YAMLError."""
    try:
        if _may_be_deep(text):
            _refuse_depth(text)
        root = _reader(text).get_single_node()
    except MarkedYAMLError as error:
        mended = _as_an_editor_counts(text)
        error.problem_mark, error.context_mark = mended(error.problem_mark), mended(error.context_mark)
        raise
    if root is not None and any(end in text for end in _OTHER_LINE_ENDS):
        _mend_marks(root, _as_an_editor_counts(text))
    return root


def _as_an_editor_counts(text: str) -> Callable[[Mark | None], Mark | None]:
    """Return what gives a mark its line and column where only a line feed ends a line.

    To libyaml a carriage return, U+0085, U+2028 and U+2029 end one too: an editor shows none of them as such.
    """
    starts = [0]
    while (end := text.find("\n", starts[-1])) >= 0:
        starts.append(end + 1)

    def mended(mark: Mark | None) -> Mark | None:
        if mark is None:
            return None
        line = bisect_right(starts, mark.index) - 1
        return Mark(mark.name, mark.index, line, mark.index - starts[line], None, 0)

    return mended


def _mend_marks(root: Node, mended: Callable[[Mark | None], Mark | None]) -> None:
    waiting, seen = [root], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) not in seen:
            seen.add(id(node))
            start, end = node.start_mark, node.end_mark = mended(node.start_mark), mended(node.end_mark)
            if isinstance(node, ScalarNode):
                if node.style in ("|", ">") and start and end and node.value.count("\n") >= end.line - start.line:
                    node.style = '"'  # its lines are not those of the file
            elif isinstance(node, MappingNode):
                waiting += [of for pair in node.value for of in pair]
            elif isinstance(node, SequenceNode):
                waiting += node.value


def _may_be_deep(text: str) -> bool:
    """Return whether a look at the brackets and the indentation leaves it open; quotes are not understood."""
    if text.count("[") + text.count("{") > DEEPEST:
        depth = 0
        for bracket in _BRACKET.findall(text):
            depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
            if depth > DEEPEST:
                return True
    may_be = _INDENTED in text or any(pair in text for pair in _IN_ONE_LINE)
    return may_be and _DEEP_BLOCK.search(text) is not None


def _refuse_depth(text: str) -> None:
    from yaml.events import CollectionEndEvent, CollectionStartEvent

    depth, reader = 0, _reader(text)
    while (event := reader.get_event()) is not None:
        if isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                mark: Any = event.start_mark
                raise MarkedYAMLError(problem=_PROBLEM, problem_mark=mark)
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
