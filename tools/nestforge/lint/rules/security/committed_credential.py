"""R9025."""

from __future__ import annotations

from nestforge.lint.credentials import credentials_in
from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template


@rule("R9025")
def committed_credential(template: Template) -> Iterator[Finding]:
    """A template has a credential in it: an AccessKey, an API key, a private key, a login, a webhook.

    Whoever can read the template can use it. Taking it out is not enough: make it invalid as well.

    Bad:  curl -H "Authorization: Bearer sk-…" with the key itself
    Good: curl -H "Authorization: Bearer ${ApiKey}" with a parameter that has `NoEcho: true`
    """
    for above, found in template.by_passage(credentials_in):
        line, end = above + found.line, found.column + found.length
        span = Span(template.path, line, found.column, line, end)
        help = "make it invalid, and take another one from a parameter with `NoEcho: true`"
        yield Finding(span, f"here is {found.kind}: {found.shown}", help)
