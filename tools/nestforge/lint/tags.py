"""The tags of a service or an artifact, and what Alibaba Cloud takes for one."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.config_part import Part

MOST_TAGS = 20
_LONGEST = 128
_RESERVED = ("aliyun", "acs:")


def tags_of(part: Part | None) -> Iterator[tuple[Part, str, str]]:
    """Yield each tag with its key and its value; a list has both by name, as the API does."""
    for name in ("Tags", "Tag"):
        tags = part.at(name) if part else None
        if tags is None:
            continue
        yield from ((tag, tag.text_at("Key"), tag.text_at("Value")) for tag in tags.items)
        yield from ((tag, tag.name, tag.text) for tag in tags.entries)


def refusal(key: str, value: str) -> str | None:
    """Return why a tag is refused, None where it is not."""
    if not key:
        return "a tag has no key"
    if key.lower().startswith(_RESERVED):
        return f"the tag '{key}' begins with {' or '.join(_RESERVED)}, which Alibaba Cloud keeps for itself"
    for said, text in (("key", key), ("value", value)):
        if len(text) > _LONGEST:
            return f"the {said} of the tag '{key[:40]}' has {len(text)} characters, expected at most {_LONGEST}"
        if "http://" in text or "https://" in text:
            return f"the {said} of the tag '{key[:40]}' has an address in it, which is not accepted"
    return None
