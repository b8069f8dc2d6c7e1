"""R6170."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.lint.tags import MOST_TAGS, refusal, tags_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.lint.package import Package


@rule("R6170")
def refused_tag(package: Package) -> Iterator[Finding]:
    """A tag of the service or of an artifact is one that Alibaba Cloud refuses.

    Bad:  Tags: {aliyun-team: demo}
    Good: Tags: {team: demo}
    """
    if package.config is None:
        return
    for tagged in (package.config.at("Service"), *package.config.artifacts.values()):
        tags = list(tags_of(tagged))
        if len(tags) > MOST_TAGS:
            yield Finding(
                tags[MOST_TAGS][0].span, f"there are {len(tags)} tags, expected at most {MOST_TAGS}", "take some away"
            )
        for part, key, value in tags:
            if reason := refusal(key, value):
                yield Finding(part.span, reason, "write another key or value, or take the tag away")
