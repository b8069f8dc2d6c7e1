"""The parameters of an RPC request: flat on the wire, nested in their meaning."""

from __future__ import annotations

import json

from nestforge.sandbox.errors import invalid, missing


class Parameters:
    """`ServiceInfo.1.Name=x` is `{"ServiceInfo": [{"Name": "x"}]}`; every leaf is text."""

    def __init__(self, flat: dict[str, str]) -> None:
        self.flat = flat
        self.tree = _nest(flat)

    def text(self, name: str) -> str | None:
        """Return a text, or None where it was not sent."""
        value = self.tree.get(name)
        return value if isinstance(value, str) else None

    def required(self, name: str) -> str:
        """Return a text that must be there."""
        value = self.text(name)
        if not value:
            raise missing(name)
        return value

    def one_of(self, name: str, known: tuple[str, ...]) -> str | None:
        """Return a text that must be one of `known` where it was sent."""
        value = self.text(name)
        if value is not None and value not in known:
            raise invalid(name, f"'{value}' is not one of {', '.join(known)}.")
        return value

    def flag(self, name: str) -> bool:
        """Return a boolean; the SDK sends `True` and `False`."""
        value = self.one_of(name, ("True", "False", "true", "false"))
        return value in ("True", "true")

    def number(self, name: str, default: int, most: int) -> int:
        """Return a whole number between 1 and `most`."""
        text = self.text(name)
        if text is None:
            return default
        if not text.isdigit() or not 1 <= int(text) <= most:
            raise invalid(name, f"'{text}' is not a number between 1 and {most}.")
        return int(text)

    def json_text(self, name: str) -> str | None:
        """Return a text that must be a JSON object where it was sent."""
        value = self.text(name)
        if value is not None:
            try:
                if not isinstance(json.loads(value), dict):
                    raise ValueError
            except ValueError:
                raise invalid(name, "it is not a JSON object.") from None
        return value

    def objects(self, name: str) -> list[dict[str, object]]:
        """Return a list of objects; empty where it was not sent."""
        value = self.tree.get(name, [])
        return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []

    def texts(self, name: str) -> list[str]:
        """Return a list of texts; empty where it was not sent."""
        value = self.tree.get(name, [])
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

    def tags(self, name: str = "Tag") -> dict[str, str]:
        """Return `Tag.N.Key` and `Tag.N.Value` as a mapping."""
        return {str(tag.get("Key", "")): str(tag.get("Value", "")) for tag in self.objects(name)}

    def filters(self, values: str = "Value") -> dict[str, list[str]]:
        """Return `Filter.N.Name` with its values."""
        found: dict[str, list[str]] = {}
        for entry in self.objects("Filter"):
            listed = entry.get(values, [])
            found[str(entry.get("Name"))] = [str(v) for v in listed] if isinstance(listed, list) else []
        return found


def _nest(flat: dict[str, str]) -> dict[str, object]:
    root: dict[str, object] = {}
    for name, value in flat.items():
        *way, last = name.split(".")
        place = root
        for part in way:
            inner = place.setdefault(part, {})
            if not isinstance(inner, dict):
                raise invalid(name, f"'{part}' is given twice.")
            place = inner
        place[last] = value
    return {name: _list(value) for name, value in root.items()}


def _list(value: object) -> object:
    """Turn `{"1": a, "2": b}` into `[a, b]`, at every depth."""
    if not isinstance(value, dict):
        return value
    inner = {name: _list(item) for name, item in value.items()}
    if inner and all(name.isdigit() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner
