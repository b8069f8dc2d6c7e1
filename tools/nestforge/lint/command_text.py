"""What a RunCommand's content becomes at deployment: its text with sample values, and its largest size."""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate, product

from nestforge.lint import bounds
from nestforge.lint.budget import Budget
from nestforge.model.named_tuple import NamedTuple
from nestforge.model.pattern import pattern
from nestforge.sources.calls import calls_below
from nestforge.sources.libyaml import ScalarNode
from nestforge.sources.nodes import children, entries, function_of, items, scalar
from nestforge.sources.substitution import VARIABLE, parts_of
from nestforge.sources.template import PSEUDO_PARAMETERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from yaml.nodes import Node

    from nestforge.sources.template import Template

RUN_COMMAND = "ALIYUN::ECS::RunCommand"
_MOST_COMBINATIONS = 64
_DEEPEST = 60
_A_NODE = 100
"""Characters that cost as much as a node."""

_SHELL = pattern(r"#!.*?\b(?:ba|da|a)?sh(?:\s|$)")
_BASE64_SAMPLE = "QQ=="

MASK = "\ufffc"
"""Stands for a character that is known only at deployment."""

Choice = tuple[str, str]
"""`("Ref", parameter)` or `("Fn::If", condition)`: what the buyer decides."""


class Chunk(NamedTuple):
    """A stretch of a command. `size` is the most bytes it can have; `line` is where it is in the template.

    `advances` says that further lines of the text are further lines of the template; `unbounded` names the
    parameters whose size nothing limits. `column` is where the value begins that it is written in, 0 where that is
    not in its line. `sample_of` is set where the text only stands for what will be there:
    the parameter whose value it is, or nothing for what is no parameter.
    """

    text: str
    size: int
    line: int
    advances: bool = False
    unbounded: tuple[str, ...] = ()
    sample_of: str | None = None
    column: int = 0


class CommandText(NamedTuple):
    """A command as it is for one combination of the buyer's choices."""

    chunks: tuple[Chunk, ...]

    @property
    def text(self) -> str:
        """The text, with samples for the values that exist only at deployment."""
        return "".join(chunk.text for chunk in self.chunks)

    @property
    def masked(self) -> str:
        """The text with `MASK` for each character that only stands for what will be there."""
        parts = (c.text if c.sample_of is None else MASK * len(c.text) for c in self.chunks)
        return "".join(parts)

    @property
    def places(self) -> list[tuple[int, Chunk]]:
        """Each chunk with the place in the text at which it begins."""
        ends = accumulate(len(chunk.text) for chunk in self.chunks)
        return [(end - len(chunk.text), chunk) for end, chunk in zip(ends, self.chunks, strict=True)]

    @property
    def size(self) -> int:
        """The most bytes that it can have."""
        return sum(chunk.size for chunk in self.chunks)

    @property
    def written_size(self) -> int:
        """The bytes that are written in the template: what no value of the deployment makes shorter."""
        return sum(chunk.size for chunk in self.chunks if chunk.sample_of is None)

    @property
    def lines(self) -> list[int]:
        """For each line of the text, its line in the template."""
        return [line for line, _ in self.starts]

    @property
    def starts(self) -> list[tuple[int, int]]:
        """For each line of the text, its line in the template, and the column of the value there that it is in."""
        result = []
        fresh = True
        for chunk in self.chunks:
            parts = chunk.text.split("\n")
            for index, part in enumerate(parts):
                fresh = fresh or index > 0
                if fresh and (part or index < len(parts) - 1):
                    result.append((chunk.line + (index if chunk.advances else 0), chunk.column))
                    fresh = False
        return result


class Command(NamedTuple):
    """A RunCommand of a template; `texts` has one entry for each combination of choices that matters."""

    resource: str
    content: Node
    is_shell: bool
    texts: tuple[CommandText, ...]


@lru_cache(maxsize=1)  # each rule asks for those of the same template
def commands_of(template: Template) -> tuple[Command, ...]:
    """Return the commands of a template, except those whose content is written in Base64."""
    return tuple(_commands(template))


def _commands(template: Template) -> Iterator[Command]:
    for name in template.resources:
        properties = template.properties_of(name)
        content = properties.get("CommandContent")
        if template.type_of(name) != RUN_COMMAND or content is None:
            continue
        if scalar(properties.get("ContentEncoding")) == "Base64":
            called = function_of(content)
            if called is None or called[0] != "Fn::Base64Encode":
                continue
            content = called[1]
        is_shell = scalar(properties.get("Type")) == "RunShellScript"
        yield Command(name, content, is_shell, _texts(content, template))


@lru_cache(maxsize=1)
def shell_scripts_of(template: Template) -> tuple[Command, ...]:
    """Return what a shell reads: the commands that are for it, and the user data that names one in its first line."""
    commands = [command for command in commands_of(template) if command.is_shell]
    return (*(command for command in commands if _is_for_shell(command)), *filter(_names_shell, user_data_of(template)))


@lru_cache(maxsize=1)
def user_data_of(template: Template) -> tuple[Command, ...]:
    """Return the user data of a template's resources, before it is in Base64."""
    return tuple(_user_data(template))


def _user_data(template: Template) -> Iterator[Command]:
    for name in template.resources:
        content = template.properties_of(name).get("UserData")
        called = function_of(content)
        if called is not None and called[0] in ("Fn::Base64Encode", "Fn::Base64"):
            content = called[1]
        if content is not None:
            yield Command(name, content, True, _texts(content, template))


def _names_shell(command: Command) -> bool:
    return bool(command.texts) and command.texts[0].text.lstrip().startswith("#!") and _is_for_shell(command)


def _is_for_shell(command: Command) -> bool:
    return not command.texts or is_for_shell(command.texts[0].text)


def is_for_shell(text: str) -> bool:
    """Return whether the first line of a script names a shell, or nothing."""
    first = text.lstrip().partition("\n")[0]
    return not first.startswith("#!") or _SHELL.match(first) is not None


def _texts(content: Node, template: Template) -> tuple[CommandText, ...]:
    return tuple(
        CommandText(tuple(_Evaluation(template, chosen).chunks(content)))
        for chosen in _combinations(_choices(content, template))
    )


def _choices(content: Node, template: Template) -> dict[Choice, list[str]]:
    """Return what decides between texts: the keys of mappings, and conditions."""
    result: dict[Choice, list[str]] = {}
    for call in calls_below(content):
        if call.function == "Fn::If" and items(call.argument):
            name = scalar(items(call.argument)[0])
            if name is not None:
                result["Fn::If", name] = ["true", "false"]
        if call.function == "Fn::FindInMap":
            for key in calls_below(call.argument):
                parameter = scalar(key.argument) if key.function == "Ref" else None
                if parameter is not None and parameter in template.parameters:
                    allowed = items(entries(template.parameters[parameter]).get("AllowedValues"))
                    result["Ref", parameter] = [scalar(value) or "" for value in allowed]
    return {choice: values for choice, values in result.items() if values}


def _combinations(choices: dict[Choice, list[str]]) -> Iterable[Mapping[Choice, str]]:
    """Return every combination; where they are too many, each value at least once."""
    total = 1
    for values in choices.values():
        total *= len(values)
    if total <= _MOST_COMBINATIONS:
        return [dict(zip(choices, values, strict=True)) for values in product(*choices.values())]
    longest = max(len(values) for values in choices.values())
    return [{choice: values[i % len(values)] for choice, values in choices.items()} for i in range(longest)]


class _Evaluation:
    """Evaluates nodes for one combination of choices."""

    def __init__(self, template: Template, chosen: Mapping[Choice, str]) -> None:
        self.template = template
        self.chosen = chosen
        self.budget = Budget.for_lines(len(template.lines))
        self.depth = 0

    def chunks(self, node: Node) -> list[Chunk]:
        """Return what a node comes to; nothing where aliases make it larger than any command, or endless."""
        if self.depth > _DEEPEST or not self.budget.spend():
            return []
        self.depth += 1
        found = self.chunks_of(node)
        self.depth -= 1
        return found

    def chunks_of(self, node: Node) -> list[Chunk]:
        called = function_of(node)
        if called is None:
            return self.literal(node)
        function, argument = called
        match function:
            case "Ref":
                return [self.reference(node, scalar(argument) or "")]
            case "Fn::GetAtt":
                return [self.attribute(node, argument, bounds.OTHER)]
            case "Fn::Join":
                return self.join(argument)
            case "Fn::Sub":
                return self.substitute(node, argument)
            case "Fn::Base64Encode":
                return [self.base64(node, argument)]
            case "Fn::FindInMap":
                return self.look_up(node, argument)
            case "Fn::If":
                return self.branch(node, argument)
            case "Fn::Select":
                return self.select(node, argument)
            case _:
                return [self.unknown(node, argument)]

    def literal(self, node: Node) -> list[Chunk]:
        written = scalar(node)
        if written is None:
            return [chunk for child in children(node) for chunk in self.chunks(child)]
        self.budget.left -= len(written) // _A_NODE
        return [_literal_chunk(node, written, 0)]

    def reference(self, node: Node, name: str) -> Chunk:
        line = node.start_mark.line + 1
        if ("Ref", name) in self.chosen:
            value = self.chosen["Ref", name]
            return Chunk(value, len(value.encode()), line)
        parameter = self.template.parameters.get(name)
        if parameter is None:
            size = bounds.PSEUDO_PARAMETERS.get(name, bounds.OTHER)
            return Chunk("x" if size else "", size, line, sample_of="")
        size_or_none = bounds.parameter_bound(parameter)
        allowed = items(entries(parameter).get("AllowedValues"))
        sample = scalar(allowed[0]) if allowed else _sample(scalar(entries(parameter).get("Type")))
        if size_or_none is None:
            return Chunk(sample or "x", bounds.OTHER, line, unbounded=(name,), sample_of=name)
        return Chunk(sample or "x", size_or_none, line, sample_of=name)

    def attribute(self, node: Node, argument: Node, least: int) -> Chunk:
        line = node.start_mark.line + 1
        path = [scalar(item) or "" for item in items(argument)] or (scalar(argument) or "").split(".", 1)
        if len(path) < 2:
            return Chunk("x", bounds.OTHER, line, sample_of="")
        resource, attribute = path[0], path[1]
        size = bounds.attribute_bound(self.template.type_of(resource), attribute, self.template.properties_of(resource))
        is_list = attribute.endswith("s")
        return Chunk("x", max(size, least) if is_list else size, line, sample_of="")

    def join(self, argument: Node) -> list[Chunk]:
        given = items(argument)
        if len(given) != 2:
            return []
        delimiter, listed = given
        result: list[Chunk] = []
        for index, item in enumerate(items(listed) or [listed]):
            if index and scalar(delimiter):
                result += self.literal(delimiter)
            result += self.chunks(item)
        return result

    def substitute(self, node: Node, argument: Node) -> list[Chunk]:
        parts = parts_of(argument)
        if parts is None:
            return [self.unknown(node, argument)]
        text_node, variables = parts
        written = scalar(text_node) or ""
        result: list[Chunk] = []
        at = line = 0
        for match in VARIABLE.finditer(written):
            result.append(_literal_chunk(text_node, written[at : match.start()], line))
            line += written.count("\n", at, match.start())
            place = _literal_chunk(text_node, "", line).line
            result += self.variable(match.group(1).strip(), variables, text_node, place)
            line += match.group().count("\n")
            at = match.end()
        result.append(_literal_chunk(text_node, written[at:], line))
        return [chunk for chunk in result if chunk.text or chunk.size]

    def variable(self, name: str, variables: dict[str, Node], node: Node, line: int) -> list[Chunk]:
        if name.startswith("!"):
            kept = "${" + name[1:] + "}"
            return [Chunk(kept, len(kept.encode()), line)]
        if name in variables:
            return [_at(chunk, line) for chunk in self.chunks(variables[name])]
        if "." in name:
            resource, attribute = name.split(".", 1)
            properties = self.template.properties_of(resource)
            size = bounds.attribute_bound(self.template.type_of(resource), attribute, properties)
            return [Chunk("x", size, line, sample_of="")]
        if name in self.template.parameters or name in PSEUDO_PARAMETERS:
            return [_at(self.reference(node, name), line)]
        return [Chunk("x", bounds.OTHER, line, sample_of="")]

    def base64(self, node: Node, argument: Node) -> Chunk:
        inner = self.chunks(argument)
        size = 4 * -(-sum(chunk.size for chunk in inner) // 3)
        unbounded = tuple(name for chunk in inner for name in chunk.unbounded)
        return Chunk(_BASE64_SAMPLE, size, node.start_mark.line + 1, unbounded=unbounded, sample_of="")

    def look_up(self, node: Node, argument: Node) -> list[Chunk]:
        given = items(argument)
        name = scalar(given[0]) if len(given) == 3 else None
        if name is None or name not in self.template.mappings:
            return [self.unknown(node, argument)]
        rows = self.entry(entries(self.template.mappings[name]), given[1])
        cells = [cell for row in rows for cell in self.entry(entries(row), given[2])]
        candidates = [self.chunks(cell) for cell in cells]
        return max(candidates, key=_size, default=[])

    def entry(self, table: dict[str, Node], key: Node) -> list[Node]:
        """Return what `key` can lead to in `table`: one entry, or all where it is not known."""
        known = "".join(chunk.text for chunk in self.chunks(key)) if self.is_known(key) else None
        if known is None:
            return list(table.values())
        return [table[known]] if known in table else []

    def is_known(self, key: Node) -> bool:
        called = function_of(key)
        if called is None:
            return scalar(key) is not None
        function, argument = called
        if function == "Ref":
            return ("Ref", scalar(argument) or "") in self.chosen
        return function == "Fn::FindInMap" and all(map(self.is_known, items(argument)))

    def branch(self, node: Node, argument: Node) -> list[Chunk]:
        given = items(argument)
        if len(given) != 3:
            return [self.unknown(node, argument)]
        chosen = self.chosen.get(("Fn::If", scalar(given[0]) or ""))
        if chosen is not None:
            return self.chunks(given[1] if chosen == "true" else given[2])
        return max((self.chunks(given[1]), self.chunks(given[2])), key=_size)

    def select(self, node: Node, argument: Node) -> list[Chunk]:
        given = items(argument)
        if len(given) < 2:
            return [self.unknown(node, argument)]
        index, listed = scalar(given[0]), given[1]
        options = items(listed)
        if options:
            if index is not None and index.isdigit():
                return self.chunks(options[int(index)]) if int(index) < len(options) else []
            return max((self.chunks(option) for option in options), key=_size)
        called = function_of(listed)
        if called and called[0] == "Fn::GetAtt":
            return [self.attribute(node, called[1], 0)]
        return self.chunks(listed)

    def unknown(self, node: Node, argument: Node) -> Chunk:
        """Stand for a function whose result is not computed here: at most all of its arguments. [assumed]"""
        inner = [chunk for child in (items(argument) or [argument]) for chunk in self.chunks(child)]
        unbounded = tuple(name for chunk in inner for name in chunk.unbounded)
        size = max(bounds.OTHER, sum(chunk.size for chunk in inner))
        return Chunk("x", size, node.start_mark.line + 1, unbounded=unbounded, sample_of="")


def _literal_chunk(node: Node, text: str, line: int) -> Chunk:
    """Make a chunk of `text`, which begins in line `line` of the scalar `node`."""
    is_block = isinstance(node, ScalarNode) and node.style == "|"
    first = node.start_mark.line + 1
    size = len(text.encode())
    if "{{" in text:
        from nestforge.lint.placeholders import PLACEHOLDER

        size += sum(bounds.PLACEHOLDER - len(found) for found in PLACEHOLDER.findall(text))
    if is_block:
        return Chunk(text, size, first + 1 + line, advances=True)
    return Chunk(text, size, first, column=node.start_mark.column + 1)


def _at(chunk: Chunk, line: int) -> Chunk:
    return chunk._replace(line=line, advances=False)


def _size(chunks: list[Chunk]) -> int:
    return sum(chunk.size for chunk in chunks)


def _sample(kind: str | None) -> str:
    return {"Number": "1", "Boolean": "true"}.get(kind or "", "x")
