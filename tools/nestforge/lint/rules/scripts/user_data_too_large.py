"""R7019."""

from __future__ import annotations

from nestforge.lint.command_size import USER_DATA_LIMIT, largest_parts
from nestforge.lint.command_text import user_data_of
from nestforge.lint.engine import Finding, rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_LIMITED = ("ALIYUN::ECS::Instance", "ALIYUN::ECS::InstanceGroup")


@rule("R7019")
def user_data_too_large(template: Template) -> Iterator[Finding]:
    """The user data of an instance is larger than ECS accepts.

    It may have 32 KB before it is put into Base64. Counted is what is written, in the longest choice of each mapping
    and condition.

    Bad:  a script of 33,000 bytes in UserData
    Good: a script of 4,000 bytes that fetches the rest
    """
    for data in user_data_of(template):
        if template.type_of(data.resource) not in _LIMITED:
            continue
        largest = max(data.texts, key=lambda text: text.written_size)
        size = largest.written_size
        if size > USER_DATA_LIMIT:
            message = f"the user data of '{data.resource}' has {size:,} bytes, expected at most {USER_DATA_LIMIT:,}"
            yield Finding(template.span(data.content), message, largest_parts(largest, template))
