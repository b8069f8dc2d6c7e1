"""Values as people and other programs see them: secrets masked, what is not known named."""

from __future__ import annotations

from nestforge.evaluate.data import MASK, SECRETS, Data, NoValue, SecretText, Unknown
from nestforge.model.pattern import pattern

LATER = "known after creation"
FAULTY = "not evaluated"

_CONTROL = pattern(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def shown_text(data: str) -> str:
    """Return a text with its secret parts masked."""
    return data.shown if isinstance(data, SecretText) else data


def shown_unknown(data: Unknown) -> str:
    """Return what is known of it: `llm-(known after creation: ALIYUN::StackId)`."""
    if data.parts:
        return "".join(shown_unknown(part) if isinstance(part, Unknown) else shown_text(part) for part in data.parts)
    return f"({FAULTY if data.faulty else LATER}: {data.of})"


def plain(data: Data) -> object:
    """Return what `json` can write; a stand-in for what is secret or unknown."""
    if isinstance(data, SECRETS):
        return data.shown if isinstance(data, SecretText) else MASK
    if isinstance(data, Unknown):
        return shown_unknown(data)
    if isinstance(data, NoValue):
        return None
    if isinstance(data, list):
        return [plain(item) for item in data]
    if isinstance(data, dict):
        return {shown_text(key): plain(value) for key, value in data.items()}
    return data


def harmless(text: str) -> str:
    """Return a text that neither moves a cursor nor turns the direction of what is around it."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def quoted(data: Data, longest: int = 60) -> str:
    """Return a value for a sentence: `'text'`, `12`, `[1, 2]`; a long one is cut."""
    if isinstance(data, Unknown):
        return shown_unknown(data)
    value = plain(data)
    if isinstance(value, str):
        text = f"'{harmless(value)}'"
    else:
        import json  # a check of a template names few values, and mostly texts

        text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
