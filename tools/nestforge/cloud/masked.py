"""Take secrets out of what a cloud answers, before it is shown."""

from __future__ import annotations

import re

_SECRET = re.compile(r"(?i)((?:security-?token|access-?key-?secret)[\"']?\s*[:=]\s*[\"']?)[^\s\"',;&<>]+")


def masked(text: str) -> str:
    """Return `text` without the values of tokens and secrets.

    A gateway that finds a signature wrong answers with the request as it canonicalized it, and the headers
    in there hold the security token of temporary credentials.
    """
    return _SECRET.sub(r"\1***", text)
