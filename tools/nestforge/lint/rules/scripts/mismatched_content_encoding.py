"""R7015."""

from __future__ import annotations

from nestforge.lint.command_text import RUN_COMMAND
from nestforge.lint.engine import Finding, rule
from nestforge.model.pattern import pattern
from nestforge.sources.nodes import function_of, scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


_BASE64 = pattern(r"[A-Za-z0-9+/\s]+=*\s*")


@rule("R7015")
def mismatched_content_encoding(template: Template) -> Iterator[Finding]:
    """The content of a RunCommand is in another encoding than its ContentEncoding says.

    Without ContentEncoding it is plain text: the shell would be given Base64 to run.

    Bad:  {ContentEncoding: Base64, CommandContent: "echo ready"}
    Good: {ContentEncoding: PlainText, CommandContent: "echo ready"}
    """
    for name in template.resources:
        if template.type_of(name) != RUN_COMMAND:
            continue
        properties = template.properties_of(name)
        content, encoding = properties.get("CommandContent"), properties.get("ContentEncoding")
        if content is None or (encoding is not None and scalar(encoding) is None):
            continue
        called, is_base64 = function_of(content), scalar(encoding) == "Base64"
        text = scalar(content) if called is None else None
        if is_base64 and text is not None and not _BASE64.fullmatch(text):
            message = "the content is plain text, but ContentEncoding says Base64"
            yield Finding(template.span(content), message, "write 'ContentEncoding: PlainText'")
        elif not is_base64 and called is not None and called[0] == "Fn::Base64Encode":
            message = "the content is in Base64, but ContentEncoding does not say so"
            yield Finding(
                template.span(content), message, "write 'ContentEncoding: Base64', or take Fn::Base64Encode away"
            )
