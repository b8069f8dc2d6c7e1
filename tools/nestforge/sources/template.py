"""A view of one ROS template for rules: questions over the nodes that libyaml composed."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import chain

from nestforge.model.diagnostic import Diagnostic, Span
from nestforge.model.named_tuple import NamedTuple
from nestforge.sources.calls import Call, calls_below, may_hold
from nestforge.sources.libyaml import MappingNode, ScalarNode, YAMLError
from nestforge.sources.nodes import TEXT, children, entries, function_of, items, key_text, pairs, scalar, text
from nestforge.sources.substitution import attribute_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Protocol, TypeVar

    from yaml.nodes import Node

    from nestforge.sources.calls import Guards
    from nestforge.sources.memory import Memory

    T = TypeVar("T")

    class Passage(Protocol):
        """A stretch of the text."""

        @property
        def text(self) -> str:
            """What it says."""

        @property
        def line(self) -> int:
            """The line at which it begins, from 0."""

        @property
        def inner(self) -> Sequence[Passage]:
            """Its parts, if it was read by these."""


PSEUDO_PARAMETERS = frozenset(
    f"ALIYUN::{name}"
    for name in (
        "StackId",
        "StackName",
        "Region",
        "NoValue",
        "TenantId",
        "Index",
        "AccountId",
        "ResourceGroupId",
    )
)
_TERRAFORM = "Aliyun::Terraform-"
_BEFORE_TAG = frozenset(" \t\n[{,:")
_EVALUATED = ("Conditions", "Rules", "Locals", "Resources", "Outputs")


class Group(NamedTuple):
    """One group of parameters in the form, in order of appearance."""

    node: Node
    parameters: tuple[Node, ...]


class _Written:
    """What one walk through a file finds: each mapping once, however often an alias brings it in.

    `names` are all keys, `odd_keys` those that are no strings. `repeating` are the mappings that have a key twice,
    `with_functions` those that have other keys beside the name of a function.
    """

    def __init__(self) -> None:
        self.repeating: list[MappingNode] = []
        self.with_functions: list[MappingNode] = []
        self.names: set[str] = set()
        self.odd_keys: list[Node] = []
        self.tags: set[str] = set()
        self.again = False

    def walk(self, root: Node, *, may_have_tags: bool = True) -> None:
        """Take in a node and what is below."""
        waiting = [root]
        seen: set[int] = set()
        while waiting:
            node = waiting.pop()
            if id(node) in seen:
                self.again = True
                continue
            seen.add(id(node))
            below = self._in_mapping(node) if isinstance(node, MappingNode) else node.value
            if may_have_tags:
                self.tags.update(value.tag for value in below)
            waiting += [value for value in below if value.__class__ is not ScalarNode]

    def by_part(self, root: Node, memory: Memory) -> None:
        """Take in a file of which no part stands in two places, of the version before what has not changed."""
        for section in self._in_mapping(root) if isinstance(root, MappingNode) else ():
            self._add(section, memory.recall((section,), _written_in_section, section, memory))

    def by_entry(self, section: Node, memory: Memory) -> None:
        """Take in a section, of which each entry is one of the version before or has changed."""
        for node in self._in_mapping(section) if isinstance(section, MappingNode) else children(section):
            self._add(node, memory.recall((node,), _written_below, node))

    def _add(self, node: Node, below: _Written) -> None:
        self.tags.add(node.tag)
        self.repeating += below.repeating
        self.with_functions += below.with_functions
        self.names |= below.names
        self.odd_keys += below.odd_keys
        self.tags |= below.tags
        self.again = self.again or below.again

    def _in_mapping(self, node: MappingNode) -> list[Node]:
        names, below = [], []
        for key, value in node.value:
            if key.tag == TEXT and key.__class__ is ScalarNode:  # `!!str [a]` is a list
                names.append(key.value)
            else:
                names.append(key_text(key))
                self.odd_keys.append(key)
            below.append(value)
        self.names.update(names)
        if len(names) > 1:
            if len(set(names)) < len(names):
                self.repeating.append(node)
            if "Fn::" in " ".join(names):
                self.with_functions.append(node)
        return below


def _written_in_section(section: Node, memory: Memory) -> _Written:
    written = _Written()
    written.by_entry(section, memory)
    return written


def _written_below(node: Node) -> _Written:
    written = _Written()
    if node.__class__ is not ScalarNode:
        written.walk(node)
    return written


TEMPLATE_KEYS = frozenset({"ROSTemplateFormatVersion", "Resources", "Parameters"})
"""Each template has one of them; a file of predefined parameters has Parameters alone."""


def load_template(text: str, path: str, report: list[Diagnostic]) -> Template | None:
    """Return the template that `text` is; None after adding to `report` why it is none."""
    from nestforge.sources.yaml_file import syntax_error

    try:
        root = composed(text)
    except YAMLError as error:
        report.append(syntax_error(text, path, error))
        return None
    if root is None or not entries(root).keys() & TEMPLATE_KEYS:
        report.append(not_a_template(Span(path, 1)))
        return None
    return Template(path, text, root)


def not_a_template(span: Span) -> Diagnostic:
    """Return that what is at a place has no section of a template."""
    message = f"this is no ROS template: it has none of {', '.join(sorted(TEMPLATE_KEYS))}"
    return Diagnostic(span, "R1204", "not-a-template", message, "write its sections")


def composed(text: str) -> Node | None:
    """Return the root node of a template in YAML or JSON, None where there is no value; raises YAMLError."""
    from nestforge.sources.compose import compose

    try:
        return compose(text)
    except YAMLError:
        if not text.lstrip().startswith("{"):
            raise
        from nestforge.sources.json_text import as_yaml

        return compose(as_yaml(text))


def _may_have_tags(text: str) -> bool:
    """Return whether a `!` is where a tag can begin."""
    at = text.find("!")
    while at >= 0:
        if text[at + 1 : at + 2].isalpha() and text[at - 1] in _BEFORE_TAG:
            return True
        at = text.find("!", at + 1)
    return False


def _is_in(words: str, text: str) -> bool:
    return words in text


def _in_passage(passage: Passage, find: Callable[[str], Iterable[T]], memory: Memory) -> list[tuple[int, T]]:
    return memory.recall((find, passage.text), _by_part, passage, find, memory)


def _by_part(passage: Passage, find: Callable[[str], Iterable[T]], memory: Memory) -> list[tuple[int, T]]:
    if sum(len(part.text) for part in passage.inner) < len(passage.text):
        return [(0, found) for found in find(passage.text)]
    return [
        (part.line - passage.line + above, found)
        for part in passage.inner
        for above, found in _in_passage(part, find, memory)
    ]


def _calls_in(entry: Node, section: str, owner: str) -> tuple[Call, ...]:
    if section in ("Conditions", "Mappings") or not isinstance(entry, MappingNode) or function_of(entry):
        return tuple(calls_below(entry, section, owner))
    guards: Guards = ()
    if section in ("Resources", "Outputs") and (own := scalar(entries(entry).get("Condition"))):
        guards = ((own, True),)
    parts = ((str(part.value), value) for part, value in entry.value if may_hold(value))
    return tuple(call for part, value in parts for call in calls_below(value, section, owner, part, guards))


def _start(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


class Template:
    """One template; `path` is its place in the package. Nothing is computed before it is asked for.

    `source_of` says which file a line was written in, for a template that was put together from several. `memory` has
    what was found in the version before, of which nodes are still there; then no part stands in two places, and
    `passages` are together the text.
    """

    def __init__(
        self,
        path: str,
        text: str,
        root: Node,
        source_of: Callable[[int], str] | None = None,
        memory: Memory | None = None,
        passages: Sequence[Passage] = (),
    ) -> None:
        self.path = path
        self.text = text
        self.source_of = source_of or (lambda line: path)
        self.root = root
        self.memory = memory
        self._passages = passages
        self._whole: Template | None = None
        self._about: frozenset[int] | None = None
        self._keys: dict[str, dict[str, Node]] = {}
        self._fields: dict[str, dict[str, Node]] = {}
        self._properties: dict[str, dict[str, Node]] = {}

    def recalled(self, find: Callable[..., T], *of: object) -> T:
        """Return what `find` returns for `of`, which it looks at and at nothing else."""
        return find(*of) if self.memory is None else self.memory.recall(of, find, *of)

    def says(self, words: str) -> bool:
        """Return whether the text has these words, on one line."""
        if self.memory is None:
            return words in self.text
        return any(self.memory.recall((words, each.text), _is_in, words, each.text) for each in self._passages)

    def by_passage(self, find: Callable[[str], Iterable[T]]) -> Iterator[tuple[int, T]]:
        """Yield what `find` finds in passages of the text, each with how many lines are above the passage."""
        if self.memory is None:
            yield from ((0, found) for found in find(self.text))
            return
        for passage in self._passages:
            for above, found in _in_passage(passage, find, self.memory):
                yield passage.line + above, found

    def about(self, entries: Iterable[Node]) -> Template:
        """Return the template for rules that are to look at these entries of sections alone: it has no other calls."""
        part = Template(self.path, self.text, self.root, self.source_of, self.memory, self._passages)
        part._whole = self.whole
        part._about = frozenset(map(id, entries))
        part.lines, part.sections = self.lines, self.sections
        part.parameters, part.resources = self.parameters, self.resources
        return part

    @property
    def whole(self) -> Template:
        """The template itself, but for one that is about some entries of another."""
        return self._whole or self

    def looked_at(self, section: str) -> Sequence[tuple[Node, Node]]:
        """Return the names and the entries of a section that a rule is to look at."""
        every = pairs(self.sections.get(section))
        return every if self._about is None else [pair for pair in every if id(pair[1]) in self._about]

    def span(self, node: Node) -> Span:
        """Return the place of a node."""
        start, end = node.start_mark, node.end_mark
        return Span(self.path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def span_of_key(self, section: str, name: str) -> Span:
        """Return the place where an entry of a section has its name."""
        keys = self._keys.get(section)
        if keys is None:
            keys = self._keys[section] = {}
            for key, _ in pairs(self.sections.get(section)):
                keys.setdefault(key_text(key), key)
        return self.span(keys.get(name) or self.sections.get(section, self.root))

    def span_of_text(self, node: Node, wanted: str) -> Span:
        """Return the place of the first `wanted` that is written inside a node."""
        start, end = node.start_mark, node.end_mark
        for line in range(start.line, min(end.line + 1, len(self.lines))):
            column = self.lines[line].find(wanted, start.column if line == start.line else 0)
            if column >= 0:
                return Span(self.path, line + 1, column + 1, line + 1, column + 1 + len(wanted))
        return self.span(node)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text."""
        return self.text.split("\n")

    @cached_property
    def sections(self) -> dict[str, Node]:
        """The top-level sections by name."""
        return entries(self.root)

    @cached_property
    def parameters(self) -> dict[str, Node]:
        """The parameters by name."""
        return entries(self.sections.get("Parameters"))

    @cached_property
    def resources(self) -> dict[str, Node]:
        """The resources by name."""
        return entries(self.sections.get("Resources"))

    @cached_property
    def outputs(self) -> dict[str, Node]:
        """The outputs by name."""
        return entries(self.sections.get("Outputs"))

    @cached_property
    def conditions(self) -> dict[str, Node]:
        """The conditions by name."""
        return entries(self.sections.get("Conditions"))

    @cached_property
    def mappings(self) -> dict[str, Node]:
        """The mappings by name."""
        return entries(self.sections.get("Mappings"))

    @cached_property
    def locals(self) -> dict[str, Node]:
        """The local variables by name."""
        return entries(self.sections.get("Locals"))

    @cached_property
    def interface(self) -> dict[str, Node]:
        """What `Metadata` says about the form."""
        return entries(entries(self.sections.get("Metadata")).get("ALIYUN::ROS::Interface"))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups of the form; empty where the template has none."""
        return tuple(
            Group(node, tuple(items(entries(node).get("Parameters"))))
            for node in items(self.interface.get("ParameterGroups"))
        )

    @cached_property
    def hidden_parameters(self) -> frozenset[str]:
        """The parameters that the form never shows."""
        return frozenset(name for node in items(self.interface.get("Hidden")) if (name := scalar(node)))

    @cached_property
    def has_transform(self) -> bool:
        """Whether ROS rewrites the template first: then resources exist that it does not name."""
        return "Transform" in self.sections

    @cached_property
    def is_terraform(self) -> bool:
        """Whether the template is a frame around files of Terraform, whose names it shares."""
        return (scalar(self.sections.get("Transform")) or "").startswith(_TERRAFORM)

    @cached_property
    def _written(self) -> _Written:
        written = _Written()
        if self.memory is None:
            written.walk(self.root, may_have_tags=_may_have_tags(self.text))
        else:
            written.by_part(self.root, self.memory)
        return written

    @property
    def repeating(self) -> list[MappingNode]:
        """The mappings that have a key twice."""
        return self._written.repeating

    @property
    def with_functions(self) -> list[MappingNode]:
        """The mappings that have other keys beside the name of a function."""
        return self._written.with_functions

    @cached_property
    def words(self) -> frozenset[str]:
        """Every key, the functions that are called by their short tags, the types and what they begin with."""
        tags = (tag[1:] for tag in self._written.tags if tag[:1] == "!")
        called = (name if name in ("Ref", "Condition") else f"Fn::{name}" for name in tags)
        types = {
            scalar(entries(node).get("Type")) or "" for of in (self.resources, self.locals) for node in of.values()
        }
        first_parts = (f"{type_.partition('::')[0]}::" for type_ in types)
        return frozenset(self._written.names).union(called, types, first_parts)

    @property
    def odd_keys(self) -> list[Node]:
        """The keys that are no strings."""
        return self._written.odd_keys

    @property
    def has_aliases(self) -> bool:
        """Whether some list or mapping stands in more than one place."""
        return self._written.again

    def type_of(self, resource: str) -> str | None:
        """Return the type of a resource, where it is written out."""
        return scalar(self._fields_of(resource).get("Type"))

    def properties_of(self, resource: str) -> dict[str, Node]:
        """Return the properties of a resource by name."""
        known = self._properties.get(resource)
        if known is None:
            known = self._properties[resource] = entries(self._fields_of(resource).get("Properties"))
        return known

    def _fields_of(self, resource: str) -> dict[str, Node]:
        known = self._fields.get(resource)
        if known is None:
            known = self._fields[resource] = entries(self.resources.get(resource))
        return known

    def has_resource(self, name: str) -> bool:
        """Return whether a resource has this name; `Web[1]` is one of the resources that a Count makes."""
        base, bracket, index = name.partition("[")
        if bracket and not (_is_index(index) and "Count" in entries(self.resources.get(base))):
            return False
        return base in self.resources

    def attribute_in(self, written: str) -> tuple[str, str]:
        """Return the resource and the attribute that `Web.PrivateIps` names."""
        return attribute_in(written, self.resources)

    @cached_property
    def all_calls(self) -> tuple[Call, ...]:
        """Every call of a section that ROS evaluates, and every one that stands in a mapping."""
        return tuple(chain.from_iterable(self.calls_by_entry))

    @cached_property
    def calls_by_entry(self) -> tuple[tuple[Call, ...], ...]:
        """The calls of each entry of these sections; none of an entry that has none."""
        return tuple(calls for _, calls in self._calls_of_entries)

    @cached_property
    def _calls_of_entries(self) -> list[tuple[Node, tuple[Call, ...]]]:
        found = (
            (entry, self.recalled(_calls_in, entry, section, key_text(key)))
            for section in ("Mappings", *_EVALUATED)
            for key, entry in self.looked_at(section)
        )
        return [(entry, calls) for entry, calls in found if calls]

    def calls_of(self, entry: Node) -> tuple[Call, ...]:
        """Return the calls of an entry of a section that ROS evaluates; of one that stands in one place."""
        return self._calls_by_id.get(id(entry), ())

    @cached_property
    def _calls_by_id(self) -> dict[int, tuple[Call, ...]]:
        return {id(entry): calls for entry, calls in self._calls_of_entries}

    @cached_property
    def mappings_have_calls(self) -> bool:
        """Whether some function is called in a mapping, where none can be."""
        return any(calls[0].section == "Mappings" for calls in self.calls_by_entry)

    @cached_property
    def _calls(self) -> dict[str, list[Call]]:
        result: dict[str, list[Call]] = {}
        for call in self.all_calls:
            if call.section != "Mappings":
                result.setdefault(call.function, []).append(call)
        return result

    def calls(self, *functions: str) -> Iterator[Call]:
        """Yield the calls of these intrinsic functions, where ROS evaluates them."""
        for function in functions:
            yield from self._calls.get(function, ())

    @cached_property
    def references(self) -> tuple[Call, ...]:
        """The calls of `Ref` whose argument is a name."""
        return tuple(call for call in self.calls("Ref") if scalar(call.argument) is not None)

    @cached_property
    def get_atts(self) -> tuple[Call, ...]:
        """The calls of `Fn::GetAtt`."""
        return tuple(self.calls("Fn::GetAtt"))

    @cached_property
    def depends_on(self) -> tuple[tuple[str, Node], ...]:
        """Each resource that depends on another, with the node that names the other."""
        return tuple(
            (key_text(key), target)
            for key, resource in self.looked_at("Resources")
            if (node := entries(resource).get("DependsOn")) is not None
            for target in (items(node) or [node])
            if text(target)
        )

    @cached_property
    def _owners(self) -> tuple[list[tuple[int, int]], list[str]]:
        starts: list[tuple[tuple[int, int], str]] = []
        for section_key, section in pairs(self.root):
            name = scalar(section_key) or ""
            starts.append((_start(section_key), name))
            starts += [(_start(key), f"{name}.{scalar(key)}") for key, _ in pairs(section)]
        starts.sort()
        return [start for start, _ in starts], [name for _, name in starts]

    def owner_at(self, line: int, column: int) -> str | None:
        """Return what a place is part of: `Resources.Eip`. The indentation of a line is part of what begins there."""
        starts, names = self._owners
        index = bisect_right(starts, (line, column))
        begins_after = index < len(starts) and starts[index][0] == line
        if begins_after and (index == 0 or starts[index - 1][0] < line):
            index += 1
        return names[index - 1] if index else None


def _is_index(text: str) -> bool:
    """Return whether this ends the name of one of the resources that a Count makes: `1]`."""
    number = text.removesuffix("]")
    return number != text and number.isascii() and number.isdecimal()
