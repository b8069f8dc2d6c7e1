"""The jq programs that only follow a path: by far the most of those in templates."""

from __future__ import annotations

from nestforge.evaluate.arguments import parse_json, text_of
from nestforge.evaluate.fault import Fault
from nestforge.evaluate.shown import quoted
from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from nestforge.evaluate.data import Data

_STEP = pattern(
    r"""(?x)\s*(?:
        \|\s*(?=\.)                                 # a pipe into another path
      | \.(?P<name>[A-Za-z_]\w*)(?P<lax1>\?)?       # .name
      | \.?\[\s*(?P<index>-?\d{1,9})\s*\](?P<lax2>\?)?  # [0]
      | \.?\[\s*(?P<start>(?:-?\d{1,9})?)\s*:\s*(?P<stop>(?:-?\d{1,9})?)\s*\]  # [:5]
      | \.?\[\s*(?P<key>"(?:[^"\\]|\\.)*")\s*\]     # ["name"]
      | \.?\[\s*(?P<all>)\](?P<lax3>\?)?            # []
      | \.(?![\w\["])                               # the input itself
    )"""
)


def follow(program: str, data: Data) -> list[Data] | None:
    """Return what the path leads to; None where the program is more than a path."""
    text = program.strip()
    if not text.startswith("."):
        return None
    steps: list[re.Match[str]] = []
    end = 0
    while end < len(text):
        step = _STEP.match(text, end)
        if step is None:
            return None
        steps.append(step)
        end = step.end()
    results = [data]
    for step in steps:
        results = [found for value in results for found in _after(step, value)]
    return results


def _after(step: re.Match[str], value: Data) -> list[Data]:
    lax = any(step[name] for name in ("lax1", "lax2", "lax3"))
    name = step["name"] if step["key"] is None else text_of(parse_json(step["key"]), "the key")
    if name is not None:
        if isinstance(value, dict) or value is None:
            return [value.get(name) if value is not None else None]
    elif step["index"] is not None:
        if isinstance(value, list) or value is None:
            place = int(step["index"])
            return [value[place] if value is not None and -len(value) <= place < len(value) else None]
    elif step["start"] is not None:
        if isinstance(value, (list, str)):
            bounds = [int(bound) if bound else None for bound in (step["start"], step["stop"])]
            return [value[slice(*bounds)]]
    elif step["all"] is not None:
        if isinstance(value, (list, dict)):
            return list(value.values()) if isinstance(value, dict) else list(value)
    else:
        return [value]
    if lax:
        return []
    raise Fault(f"jq cannot take '{step[0].strip()}' of {quoted(value)}")
