"""`dataclasses.dataclass` for modules that a build loads.

`dataclasses` compiles the methods of each class when its module is loaded, seven times as long as it takes to make the
same class of methods that are there already; and it loads `inspect`. A build loads some sixty of these classes. What
only `dataclasses` can say of one, it says when it is asked: for `asdict`, and for msgspec, which reads files into them.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import replace as replace
else:
    _set = object.__setattr__

    class _Made:
        """The default of a field: what a function returns, anew for each object."""

        def __init__(self, make):
            self.make = make

    def field(*, default_factory):
        """Return the default of a field: what `default_factory` returns."""
        return _Made(default_factory)

    def replace(of, /, **changed):
        """Return another of the same, with other values."""
        return type(of)(**{**dict(zip(of.__match_args__, _values(of), strict=True)), **changed})

    def dataclass(*, frozen=False, slots=False):
        """Return what makes a dataclass of a class that inherits nothing."""

        def make(described):
            body = {name: value for name, value in vars(described).items() if name not in ("__dict__", "__weakref__")}
            names = tuple(body.get("__annotations__", ()))
            defaults = {name: body.pop(name) for name in names if name in body}
            if slots:
                body["__slots__"] = names
            body.update(_FROZEN if frozen else _OPEN)
            body.update(__qualname__=described.__qualname__, __match_args__=names)
            body.update(_defaults=defaults, __dataclass_fields__=_Fields(defaults))
            return type(described.__name__, (), body)

        return make

    class _Fields:
        """What `dataclasses` says of the fields of a class."""

        def __init__(self, defaults):
            self.defaults = defaults

        def __get__(self, made, owner):
            import dataclasses

            body = {
                name: dataclasses.field(default_factory=default.make) if isinstance(default, _Made) else default
                for name, default in self.defaults.items()
            }
            body["__annotations__"], body["__module__"] = owner.__annotations__, owner.__module__
            same = dataclasses.dataclass(init=False, repr=False, eq=False)(type(owner.__name__, (), body))
            owner.__dataclass_fields__ = same.__dataclass_fields__
            return same.__dataclass_fields__

    def _values(of):
        return tuple([getattr(of, name) for name in of.__match_args__])

    def _init(self, *given, **named):
        names, defaults = self.__match_args__, self._defaults
        if len(given) > len(names):
            raise TypeError(f"{type(self).__name__} has {len(names)} fields, {len(given)} values are given")
        for name, value in zip(names, given, strict=False):
            _set(self, name, value)
        for name in names[len(given) :]:
            if name in named:
                value = named.pop(name)
            elif name in defaults:
                value = defaults[name]
                value = value.make() if isinstance(value, _Made) else value
            else:
                raise TypeError(f"{type(self).__name__} is given no {name!r}")
            _set(self, name, value)
        if named:
            raise TypeError(f"{type(self).__name__} is given {next(iter(named))!r}, for which it has no place")

    def _repr(self):
        values = (f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__qualname__}({', '.join(values)})"

    def _eq(self, other):
        return _values(self) == _values(other) if type(self) is type(other) else NotImplemented

    def _hash(self):
        return hash(_values(self))

    def _refuse(self, name, *value):
        from dataclasses import FrozenInstanceError

        raise FrozenInstanceError(f"{type(self).__name__}.{name} is as it was made")

    def _set_state(self, values):
        for name, value in zip(self.__match_args__, values, strict=True):
            _set(self, name, value)

    _OPEN = {
        "__init__": _init,
        "__repr__": _repr,
        "__eq__": _eq,
        "__hash__": None,
        "__getstate__": _values,
        "__setstate__": _set_state,
    }
    _FROZEN = {**_OPEN, "__hash__": _hash, "__setattr__": _refuse, "__delattr__": _refuse}
