"""R3229."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_MERGE = "tag:yaml.org,2002:merge"


@rule("R3229", severity="info")
def merge_key(template: Template) -> Iterator[Finding]:
    """The merge key `<<` takes in the keys of another mapping.

    It is no part of YAML 1.2, and no published template relies on it.

    Bad:  {Type: ALIYUN::ROS::Sleep, Properties: {<<: *defaults, CreateDuration: 5}}
    Good: {Type: ALIYUN::ROS::Sleep, Properties: {DeleteDuration: 5, CreateDuration: 5}}
    """
    for key in template.odd_keys:
        if key.tag == _MERGE:
            yield Finding(template.span(key), "the merge key is used here", "write the keys out")
