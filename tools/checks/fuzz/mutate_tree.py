"""Change the values of a template where they stand, so that what comes out is YAML of another shape."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import yaml

from checks.fuzz.odd_values import KEYS, SCALARS, TAGS
from nestforge.evaluate.functions.table import FUNCTIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from yaml.nodes import Node

    Mutation = Callable[["Place", "Tree", Random], None]

_TEXT = "tag:yaml.org,2002:str"
_MAP = "tag:yaml.org,2002:map"
_LIST = "tag:yaml.org,2002:seq"
_STYLES = (None, "'", '"', "|", ">")
_PLAIN = frozenset(v for v in SCALARS if re.fullmatch(r"[\w.:+/~<=-]+", v, re.ASCII))
_CALLS = (*FUNCTIONS, "Fn::Nothing")


class Place(NamedTuple):
    """Where a node stands: as the value `at` a number in `parent`."""

    parent: yaml.CollectionNode
    at: int

    @property
    def is_there(self) -> bool:
        """Whether no change took it away."""
        return self.at < len(self.parent.value)

    @property
    def node(self) -> Node:
        """The node there."""
        entry = self.parent.value[self.at]
        node: Node = entry[1] if isinstance(self.parent, yaml.MappingNode) else entry
        return node

    def put(self, node: Node) -> None:
        """Let another node stand there."""
        entry = self.parent.value[self.at]
        self.parent.value[self.at] = (entry[0], node) if isinstance(self.parent, yaml.MappingNode) else node


class Tree(NamedTuple):
    """A template with its places, and another one to take from."""

    root: Node
    places: list[Place]
    donor: Callable[[], Node | None]

    def place(self, random: Random) -> Place:
        """Return one of the places that are still there."""
        return random.choice([p for p in random.choices(self.places, k=20) if p.is_there] or [self.places[0]])


def mutate_tree(root: Node, donor: Callable[[], Node | None], random: Random) -> str:
    """Return the text of `root` with one to five changes; the tree is spoilt, and what `donor` returns."""
    tree = Tree(root, _places(root), donor)
    if tree.places:
        for _ in range(random.randint(1, 5)):
            place = tree.place(random)
            if place.is_there:
                random.choice(_MUTATIONS)(place, tree, random)
    if random.random() < 0.05:
        _write_as_json(root)
    text: str = yaml.serialize(
        root, Dumper=yaml.CSafeDumper, allow_unicode=random.random() < 0.8, width=random.choice((80, 10, 10_000))
    )
    return text


def _places(root: Node) -> list[Place]:
    places: list[Place] = []
    waiting, seen = [root], set[int]()
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.CollectionNode) and id(node) not in seen:
            seen.add(id(node))
            below = [Place(node, index) for index in range(len(node.value))]
            places += below
            waiting += [place.node for place in below]
    return places


def _write_as_json(root: Node) -> None:
    for place in _places(root):
        place.parent.flow_style = True
        written = (
            [place.node, place.parent.value[place.at][0]]
            if isinstance(place.parent, yaml.MappingNode)
            else [place.node]
        )
        for node in written:
            if isinstance(node, yaml.ScalarNode) and node.tag == _TEXT:
                node.style = '"'


def _text(value: str, random: Random) -> Node:
    return yaml.ScalarNode(_TEXT, value, style=random.choice(_STYLES))


def _map(*pairs: tuple[Node, Node]) -> Node:
    return yaml.MappingNode(_MAP, list(pairs))


def _odd(random: Random) -> Node:
    """Return a value that nobody expects."""
    choice = random.randrange(6)
    if choice == 0:
        return yaml.SequenceNode(_LIST, [_text("a", random)] * random.choice((0, 1, 3)))
    if choice == 1:
        return _map(*[(_text(random.choice(KEYS), random), _text("a", random))] * random.choice((0, 1, 2)))
    value = random.choice(SCALARS)
    if choice == 2:
        return _text(value, random)
    plain = yaml.compose(value, Loader=yaml.CSafeLoader) if value in _PLAIN else None
    return plain or yaml.ScalarNode(_TEXT, value)


def _replace(place: Place, tree: Tree, random: Random) -> None:
    place.put(_odd(random))


def _take_over(place: Place, tree: Tree, random: Random) -> None:
    other = tree.donor()
    if other is not None and (places := _places(other)):
        place.put(random.choice(places).node)


def _alias(place: Place, tree: Tree, random: Random) -> None:
    """Let the node be one that stands elsewhere: an alias, and a cycle where that one is around it."""
    place.put(random.choice((tree.root, tree.place(random).parent, tree.place(random).parent)))


def _change_key(place: Place, tree: Tree, random: Random) -> None:
    if isinstance(place.parent, yaml.MappingNode):
        key, node = place.parent.value[place.at]
        written = str(key.value) if isinstance(key, yaml.ScalarNode) else "key"
        new = random.choice((random.choice(KEYS), written + "x", written[1:], written.lower(), written * 2))
        place.parent.value[place.at] = (random.choice((_text(new, random), _text(new, random), _odd(random))), node)


def _alias_key(place: Place, tree: Tree, random: Random) -> None:
    if isinstance(place.parent, yaml.MappingNode):
        other = tree.place(random)
        key = random.choice((other.node, other.parent)) if other.is_there else other.parent
        place.parent.value[place.at] = (key, place.node)


def _merge(place: Place, tree: Tree, random: Random) -> None:
    if isinstance(place.parent, yaml.MappingNode):
        key = yaml.ScalarNode("tag:yaml.org,2002:merge", "<<")
        place.parent.value.append((key, tree.place(random).parent))


def _drop(place: Place, tree: Tree, random: Random) -> None:
    del place.parent.value[place.at]


def _duplicate(place: Place, tree: Tree, random: Random) -> None:
    place.parent.value += [place.parent.value[place.at]] * random.choice((1, 1, 40))


def _tag(place: Place, tree: Tree, random: Random) -> None:
    place.node.tag = random.choice(TAGS)


def _call(place: Place, tree: Tree, random: Random) -> None:
    """Wrap the node in functions."""
    node = place.node
    for _ in range(random.choice((1, 1, 1, 3, 25))):
        name = random.choice(_CALLS)
        arguments = [node, *(_odd(random) for _ in range(random.choice((0, 1, 2, 3))))]
        random.shuffle(arguments)
        argument = random.choice((node, yaml.SequenceNode(_LIST, arguments), yaml.SequenceNode(_LIST, arguments)))
        if random.random() < 0.2 and isinstance(argument, yaml.SequenceNode):
            argument.tag = "!" + name.removeprefix("Fn::")
            node = argument
        else:
            node = _map((_text(name, random), argument))
    place.put(node)


def _nest(place: Place, tree: Tree, random: Random) -> None:
    node = place.node
    for _ in range(random.choice((2, 30, 190, 400))):
        node = random.choice((yaml.SequenceNode(_LIST, [node]), _map((_text(random.choice(KEYS), random), node))))
    place.put(node)


def _swap(place: Place, tree: Tree, random: Random) -> None:
    other = tree.place(random)
    if other.is_there:
        mine, theirs = place.node, other.node
        place.put(theirs)
        other.put(mine)


_MUTATIONS: tuple[Mutation, ...] = (
    _replace,
    _replace,
    _replace,
    _replace,
    _take_over,
    _take_over,
    _alias,
    _change_key,
    _change_key,
    _alias_key,
    _merge,
    _drop,
    _drop,
    _duplicate,
    _tag,
    _call,
    _call,
    _nest,
    _swap,
)
