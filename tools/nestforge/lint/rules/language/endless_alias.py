"""R3228."""

from __future__ import annotations

from nestforge.lint.budget import Budget
from nestforge.lint.engine import Finding, rule
from nestforge.sources.compose import DEEPEST
from nestforge.sources.libyaml import ScalarNode
from nestforge.sources.nodes import children

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template


@rule("R3228")
def endless_alias(template: Template) -> Iterator[Finding]:
    """An alias leads back to what is around it, or aliases stand for more than any template holds.

    No other rule looks at such a template: there would be no end to it.

    Bad:  Wait: &wait {Type: ALIYUN::ROS::Sleep, Properties: {Triggers: *wait}}
    Good: Wait: {Type: ALIYUN::ROS::Sleep, Properties: {Triggers: [1]}}
    """
    if not template.has_aliases:
        return
    most = Budget.for_lines(len(template.lines)).left
    sizes: dict[int, int] = {}
    depths: dict[int, int] = {}
    around: set[int] = set()
    waiting: list[tuple[Node, bool]] = [(template.root, False)]
    while waiting:
        node, done = waiting.pop()
        below = children(node)
        if done:
            around.discard(id(node))
            sizes[id(node)] = size = 1 + sum(sizes.get(id(child), 1) for child in below)
            depths[id(node)] = depth = 1 + max(depths.get(id(child), 0) for child in below)
            if size > most or depth > DEEPEST:
                too_much = f"more than {most:,} values" if size > most else f"nested more than {DEEPEST} levels deep"
                message = f"with its aliases written out, this is {too_much}"
                yield Finding(template.span(node), message, "write out what is meant")
                return
        elif id(node) in around:
            yield Finding(template.span(node), "an alias inside of this leads back to it", "write out what is meant")
            return
        elif id(node) not in sizes and below:
            around.add(id(node))
            waiting.append((node, True))
            waiting += [(child, False) for child in below if not isinstance(child, ScalarNode)]
