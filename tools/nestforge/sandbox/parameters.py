"""The parameters of an RPC request: flat on the wire, nested in their meaning."""

from __future__ import annotations

import json

from nestforge.sandbox.errors import ApiError, invalid, missing


class Parameters:
    """`ServiceInfo.1.Name=x` is `{"ServiceInfo": [{"Name": "x"}]}`; every leaf is text.

    Notes which parameters an operation asked for: one that nobody asked for is a surprise to come on the
    real cloud, see `unread`.
    """

    def __init__(self, flat: dict[str, str]) -> None:
        self.flat = flat
        self._tree = _nest(flat)
        self._read: set[str] = set()

    def require(self, names: tuple[str, ...]) -> None:
        """Raise ApiError for the first of `names` that was not sent, or is empty."""
        for name in names:
            if not self._tree.get(name):
                raise missing(name)

    def unread(self) -> list[str]:
        """Return the names of the parameters that were sent and never asked for."""
        return sorted(set(self._tree) - self._read)

    def _get(self, name: str) -> object:
        self._read.add(name)
        return self._tree.get(name)

    def text(self, name: str) -> str | None:
        """Return a text, or None where it was not sent or is empty."""
        value = self._get(name)
        return value if isinstance(value, str) and value else None

    def required(self, name: str) -> str:
        """Return a text that must be there."""
        value = self.text(name)
        if value is None:
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
        return self.one_of(name, ("True", "False", "true", "false")) in ("True", "true")

    def number(self, name: str, most: int) -> int | None:
        """Return a whole number between 1 and `most` where it was sent."""
        text = self.text(name)
        if text is None:
            return None
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= most:
            raise invalid(name, f"'{text}' is not a number between 1 and {most}.")
        return int(text)

    def json_object(self, name: str) -> dict[str, object] | None:
        """Return what a JSON text says, which must be an object where it was sent."""
        text = self.text(name)
        if text is None:
            return None
        try:
            value = json.loads(text)
        except ValueError as error:
            raise invalid(name, f"it is not JSON: {error}.") from None
        except RecursionError:
            raise invalid(name, "it is nested too deeply.") from None
        if not isinstance(value, dict):
            raise invalid(name, "it is not a JSON object.")
        return value

    def objects(self, name: str) -> list[dict[str, object]]:
        """Return a list of objects; empty where it was not sent."""
        value = self._get(name)
        return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []

    def texts(self, name: str) -> list[str]:
        """Return a list of texts; empty where it was not sent."""
        value = self._get(name)
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

    def tags(self) -> dict[str, str]:
        """Return `Tag.N.Key` and `Tag.N.Value` as a mapping."""
        return {str(tag.get("Key", "")): str(tag.get("Value", "")) for tag in self.objects("Tag")}

    def filters(self, name: str, values: str, known: tuple[str, ...]) -> dict[str, list[str]]:
        """Return the values of each filter, such as `Filter.N.Name` with `Filter.N.Value.M`."""
        found: dict[str, list[str]] = {}
        for entry in self.objects(name):
            key, listed = str(entry.get("Name", "")), entry.get(values, [])
            if key not in known:
                raise invalid(name, f"there is no filter '{key}', expected one of {', '.join(known)}.")
            found[key] = [str(v) for v in listed] if isinstance(listed, list) else []
        return found

    def client_token(self) -> str | None:
        """Return the ClientToken: at most 64 ASCII characters."""
        token = self.text("ClientToken")
        if token is not None and not (token.isascii() and len(token) <= 64):
            raise ApiError(400, "InvalidParameter.ClientToken", "ClientToken must be at most 64 ASCII characters.")
        return token


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
        if last in place:
            raise invalid(name, "it is given twice.")
        place[last] = value
    return {name: _list(value) for name, value in root.items()}


def _list(value: object) -> object:
    """Turn `{"1": a, "2": b}` into `[a, b]`, at every depth."""
    if not isinstance(value, dict):
        return value
    inner = {name: _list(item) for name, item in value.items()}
    if inner and all(name.isascii() and name.isdigit() for name in inner):
        return [inner[name] for name in sorted(inner, key=int)]
    return inner
