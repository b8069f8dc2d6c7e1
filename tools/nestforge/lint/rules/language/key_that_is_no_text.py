"""R3230."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.kinds import SAID, kind_of
from nestforge.sources.libyaml import ScalarNode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R3230")
def key_that_is_no_text(template: Template) -> Iterator[Finding]:
    """A list or a map is the key of an entry; JSON, to which ROS converts the template, has no such keys.

    In YAML, `{{ name }}` without quotes is one.

    Bad:  VpcName: {{ Name }}
    Good: VpcName: '{{ Name }}'
    """
    for key in template.odd_keys:
        if not isinstance(key, ScalarNode):
            yield Finding(template.span(key), f"{SAID[kind_of(key)]} is the key here", "put the value in quotes")
