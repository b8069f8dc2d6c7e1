"""`typing.NamedTuple` for modules that a check of a template loads.

`typing` takes as long to load as thirty of them, and its own kind of class more than twice as long to make as one of
`collections`, for each annotation is compiled. The modules say `TYPE_CHECKING = False` for the same reason: type
checkers take it for true whatever it is.
"""

from __future__ import annotations

from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple  # noqa: TID251  here it costs nothing
else:

    class _Maker(type):
        def __new__(cls, name, bases, body):
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body.get("__annotations__", {})
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            for key, value in body.items():
                setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Maker):
        """A tuple whose fields are the annotations of its class."""
