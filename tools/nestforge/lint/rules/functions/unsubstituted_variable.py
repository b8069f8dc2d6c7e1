"""R3321."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.pattern import pattern
from nestforge.sources.libyaml import ScalarNode
from nestforge.sources.nodes import entries, function_of, items, pairs, scalar
from nestforge.sources.substitution import variables_in
from nestforge.sources.template import PSEUDO_PARAMETERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import Node

    from nestforge.sources.template import Template


@rule("R3321", severity="warning")
def unsubstituted_variable(template: Template) -> Iterator[Finding]:
    """A text has `${Name}` of something in the template, and no `Fn::Sub` around it to fill it in.

    In scripts, `${Name}` is the shell's, and nothing is said.

    Bad:  {VpcName: "${Model}-vpc"}
    Good: {VpcName: {"Fn::Sub": "${Model}-vpc"}}
    """
    known = {*template.parameters, *template.resources, *PSEUDO_PARAMETERS}
    for section in ("Resources", "Outputs"):
        for _, entry in template.looked_at(section):
            for part in ("Properties", "Value"):
                for node in _texts(entries(entry).get(part)):
                    for name, written in variables_in(str(node.value)).items():
                        if name.partition(".")[0] in known:
                            message = f"'{written}' stands in no Fn::Sub, and is not filled in"
                            yield Finding(template.span_of_text(node, written), message, "put Fn::Sub around the text")


_CODE = pattern(
    "Content|UserData|Script|Code|Body|Config|Yaml|Command|Policy|Expression|Template|Pattern|Rule|Query|Sql"
)
_LINES = "\n"


def _texts(root: Node | None) -> Iterator[Node]:
    """Yield the texts below that no function and no other language reads."""
    waiting = [root] if root is not None else []
    seen: set[int] = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, ScalarNode):
            if _has_variable(node):
                yield node
        elif id(node) not in seen and function_of(node) is None:
            seen.add(id(node))
            waiting += items(node)
            below = [pair for pair in pairs(node) if not isinstance(pair[1], ScalarNode) or _has_variable(pair[1])]
            waiting += [value for key, value in below if not _CODE.search(scalar(key) or "")]


def _has_variable(node: ScalarNode) -> bool:
    return "${" in node.value and _LINES not in node.value and not node.tag.startswith("!")
