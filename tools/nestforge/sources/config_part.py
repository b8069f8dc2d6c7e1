"""A part of a package's config.yaml: a value with the way that leads to it, and where it is edited."""

from __future__ import annotations

from nestforge.model.dataclass import dataclass
from nestforge.sources.nodes import items, key_text, pairs, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from yaml.nodes import Node

    from nestforge.model.diagnostic import Span

Way = tuple[str | int, ...]
NULL = "tag:yaml.org,2002:null"
PLACEHOLDER = "${"


@dataclass(frozen=True, slots=True)
class Part:
    """A value of config.yaml. `key` is the node of the key that leads to it, the value itself in a list."""

    way: Way
    node: Node
    key: Node
    place: Callable[[Way, Node], Span]

    @property
    def span(self) -> Span:
        """The place of the value."""
        return self.place(self.way, self.node)

    @property
    def key_span(self) -> Span:
        """The place of the key that leads to the value."""
        return self.place(self.way, self.key)

    @property
    def name(self) -> str:
        """The key that leads to the value."""
        return str(self.way[-1]) if self.way else ""

    @property
    def is_null(self) -> bool:
        """Whether nothing is written: tools read it as a value that is not there."""
        return self.node.tag == NULL

    @property
    def text(self) -> str:
        """The scalar as it is written; empty for a mapping, a list and nothing."""
        return "" if self.is_null else scalar(self.node) or ""

    @property
    def is_open(self) -> bool:
        """Whether the value is given only when the service is imported: `${RoleName}`."""
        return PLACEHOLDER in self.text

    @property
    def items(self) -> list[Part]:
        """The entries of a list; empty for anything else."""
        return [Part((*self.way, index), node, node, self.place) for index, node in enumerate(items(self.node))]

    @property
    def one_or_more(self) -> list[Part]:
        """The entries of a list, or the value where it is none."""
        return self.items or ([] if self.is_null else [self])

    @property
    def entries(self) -> Iterator[Part]:
        """The values of a mapping."""
        for key, node in pairs(self.node):
            yield Part((*self.way, key_text(key)), node, key, self.place)

    def at(self, *names: str) -> Part | None:
        """Return the value that the keys lead to."""
        part: Part | None = self
        for name in names:
            part = next((entry for entry in part.entries if entry.way[-1] == name), None) if part else None
        return part

    def text_at(self, *names: str) -> str:
        """Return the scalar that the keys lead to; empty where there is none."""
        part = self.at(*names)
        return part.text if part else ""

    def items_at(self, *names: str) -> list[Part]:
        """Return the entries of the list that the keys lead to."""
        part = self.at(*names)
        return part.items if part else []

    def entries_at(self, *names: str) -> list[Part]:
        """Return the values of the mapping that the keys lead to."""
        part = self.at(*names)
        return list(part.entries) if part else []
