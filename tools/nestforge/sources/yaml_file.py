"""A YAML source file as plain data, with the place of every key and value."""

from __future__ import annotations

from nestforge.model.diagnostic import Diagnostic, Span
from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern
from nestforge.sources.compose import compose
from nestforge.sources.libyaml import MappingNode, MarkedYAMLError, ScalarNode, SequenceNode, YAMLError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from yaml.nodes import Node
    from yaml.reader import ReaderError

Way = tuple[str | int, ...]

_NO_COMMENT = pattern(r"\s+#[^\s#!]")
_LOOK_AT = "look at the indentation, the quotes and the colons here and in the line above"
_SHORT_TAG = pattern(r"![A-Za-z]")
_AFTER_TAG = pattern(r"![A-Za-z0-9]+\s*\Z")
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


class YamlFile(NamedTuple):
    """`data` is made of dict, list, str, int, float, bool and None; `spans` are keyed by the way to a value.

    A second key, `(*way, KEY)`, gives the place of the mapping key that leads to the value.
    """

    path: str
    data: object
    spans: dict[Way, Span]

    def span(self, *way: str | int) -> Span:
        """Return the place of the value that `way` leads to, or of the nearest value around it."""
        while way not in self.spans and way:
            way = way[:-1]
        return self.spans.get(way, Span(self.path, 1))

    def key_span(self, *way: str | int) -> Span:
        """Return the place of the mapping key that `way` ends with."""
        return self.spans.get((*way, KEY)) or self.span(*way)


KEY = "\0key"


def parse_yaml(text: str, path: str, report: list[Diagnostic]) -> YamlFile | None:
    """Return the file's data; None after adding to `report` what is wrong with its YAML."""
    try:
        root = compose(text)
    except YAMLError as error:
        report.append(syntax_error(text, path, error))
        return None
    if root is None:
        report.append(Diagnostic(Span(path, 1), "R1004", "empty-file", "this file holds no YAML value", "write it"))
        return None
    faults = len(report)
    builder = _Builder(path, text.split("\n"), report)
    data = builder.value(root, ())
    return YamlFile(path, data, builder.spans) if len(report) == faults else None


def syntax_error(text: str, path: str, error: YAMLError) -> Diagnostic:
    """Return what keeps `text` from being YAML, or the JSON that its name says it is, at its place."""
    if path.endswith(".json"):
        from nestforge.sources.json_text import fault_in_json

        if (fault := fault_in_json(text)) is not None:
            at, message, help = fault
            span = Span(path, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
            return Diagnostic(span, "R1101", "invalid-yaml", message, help)
    from yaml.reader import ReaderError  # with the error, all of PyYAML was loaded

    if isinstance(error, ReaderError):
        return _unreadable(text, path, error)
    if not isinstance(error, MarkedYAMLError):
        return Diagnostic(Span(path, 1), "R1101", "invalid-yaml", str(error).replace("\n", " "), _LOOK_AT)
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.split("\n")
    source = lines[line - 1] if line <= len(lines) else ""
    if "\t" in source[: max(column, len(source) - len(source.lstrip()))]:
        span = Span(path, line, source.index("\t") + 1)
        return Diagnostic(span, "R1101", "invalid-yaml", "a tab in the indentation", "indent with spaces")
    before = "\n".join([*lines[max(line - 3, 0) : line - 1], source[: column - 1]])
    if _SHORT_TAG.match(source, column - 1) and _AFTER_TAG.search(before):
        message, help = "a short tag cannot directly wrap another one", "write one of the two in full, as Fn::Sub:"
        return Diagnostic(Span(path, line, column), "R1101", "invalid-yaml", message, help)
    problem = " ".join(filter(None, [error.context, error.problem]))
    return Diagnostic(Span(path, line, column), "R1101", "invalid-yaml", problem, _LOOK_AT)


def _unreadable(text: str, path: str, error: ReaderError) -> Diagnostic:
    """Return the place of a character that YAML does not allow; libyaml gives a number, and counts bytes."""
    before = text[: error.position]
    if isinstance(error.character, int):
        before = text.encode("utf-8", "surrogatepass")[: error.position].decode("utf-8", "replace")
    span = Span(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
    code = error.character if isinstance(error.character, int) else ord(error.character[:1] or "\0")
    message = f"the character U+{code:04X}: {error.reason}"
    return Diagnostic(span, "R1101", "invalid-yaml", message, "write it as an escape in double quotes, or take it out")


class _Builder:
    def __init__(self, path: str, lines: list[str], report: list[Diagnostic]) -> None:
        self.path = path
        self.lines = lines
        self.report = report
        self.spans: dict[Way, Span] = {}
        self.seen: set[int] = set()

    def span_of(self, node: Node) -> Span:
        start, end = node.start_mark, node.end_mark
        return Span(self.path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def value(self, node: Node, way: Way) -> object:
        span = self.spans[way] = self.span_of(node)
        if id(node) in self.seen:
            message = "this value is used again by an alias, which is not accepted here"
            help = "write the value out where it is used, and take the anchor away"
            fault = Diagnostic(span, "R1103", "yaml-alias", message, help)
            if fault not in self.report:
                self.report.append(fault)
            return None
        self.seen.add(id(node))
        if isinstance(node, MappingNode):
            return self.mapping(node, way)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*way, index)) for index, item in enumerate(node.value)]
        return self.scalar(node, span)

    def mapping(self, node: MappingNode, way: Way) -> dict[str, object]:
        result: dict[str, object] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            span = self.span_of(key_node)
            if key in result:
                first = self.spans[(*way, key, KEY)].line
                message = f"the key '{key}' is here for the second time, the first is on line {first}"
                self.report.append(Diagnostic(span, "R1102", "duplicate-key", message, "keep one of them"))
                continue
            self.spans[(*way, key, KEY)] = span
            result[key] = self.value(value_node, (*way, key))
        return result

    def refuse_cut_text(self, node: Node, span: Span) -> None:
        """Report ` #1234` behind a value without quotes: YAML takes it for a comment, its author did not."""
        if isinstance(node, ScalarNode) and not node.style and node.end_mark.line < len(self.lines):
            rest = self.lines[node.end_mark.line][node.end_mark.column :]
            if _NO_COMMENT.match(rest):
                message = f"YAML takes '{rest.strip()}' for a comment, and cuts the text before it"
                help = "put the value in quotes, or write a space after # if it is a comment"
                self.report.append(Diagnostic(span, "R1105", "text-cut-by-comment", message, help))

    def scalar(self, node: Node, span: Span) -> object:
        text = str(node.value)
        kind = node.tag.rpartition(":")[2]
        self.refuse_cut_text(node, span)
        try:
            if kind == "int":
                return int(text.replace("_", ""), 0) if text.lstrip("+-") != "0" else 0
            if kind == "float":
                return float(text.replace("_", ""))
        except ValueError:  # 0o17, sexagesimal: YAML 1.1 oddities that no source file needs
            message = f"'{text}' is a number of a kind that is not accepted here"
            self.report.append(Diagnostic(span, "R1101", "invalid-yaml", message, "put it in quotes"))
            return None
        if kind == "null":
            return None
        if kind == "bool":
            if text in _BOOLEANS:
                return _BOOLEANS[text]
            message = f"'{text}' means {'true' if text.lower() in ('yes', 'on', 'y') else 'false'} in YAML 1.1"
            help = "write true or false, or put it in quotes"
            self.report.append(Diagnostic(span, "R1104", "ambiguous-boolean", message, help))
            return None
        return text  # strings, and dates, which no source file means as dates
