"""What sets JSON apart from YAML, which it mostly is."""

from __future__ import annotations

import json
import re

_SURROGATES = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_HELPS = {"'": "write double quotes", "#": "take the comment out", "/": "take the comment out"}
_OTHER_HELP = "mend it, or let the name of the file end with .yaml"


def as_yaml(text: str) -> str:
    """Return a JSON text of the same length, so that every place stays, without what YAML does not take.

    JSON writes a character beyond U+FFFF as two escapes, for which other signs stand; and without libyaml no tab
    may stand between two words.
    """
    return _SURROGATES.sub(r"\\ufffd\\ufffd", text).replace("\t", " ")


def fault_in_json(text: str) -> tuple[int, str, str] | None:
    """Return where and why a text is no JSON, and what to do about it."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        at, sign = error.pos, text[error.pos : error.pos + 1]
        before = text[:at].rstrip()
        if sign in ("}", "]") and before.endswith(","):
            at, sign = len(before) - 1, ","
        if sign == ",":
            return at, "this comma is no JSON", "take the comma out, or write what is to follow"
        return at, f"this is no JSON: {error.msg[:1].lower()}{error.msg[1:]}", _HELPS.get(sign, _OTHER_HELP)
    except RecursionError:
        return 0, "this is nested too deeply for JSON", "write it with fewer levels"
    return None
