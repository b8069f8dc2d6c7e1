"""libyaml's parser without the rest of PyYAML, which takes longer to load than most templates take to check.

`import yaml` loads a parser, an emitter, constructors and representers in Python, and what these need. Of all that
the binding of libyaml wants some classes of errors alone, in case it has to raise them. So `yaml` is made a package
that runs its own beginnings when somebody first asks it for more than the few modules that are loaded here. Where
that fails, PyYAML is loaded as usual.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType, SimpleNamespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import ModuleSpec

    from yaml._yaml import CParser

_NEEDED = ("error", "nodes", "events", "tokens")
"""The modules of PyYAML whose classes the binding keeps."""

_ERRORS = {
    "reader": "ReaderError",
    "scanner": "ScannerError",
    "parser": "ParserError",
    "composer": "ComposerError",
    "constructor": "ConstructorError",
    "emitter": "EmitterError",
    "serializer": "SerializerError",
    "representer": "RepresenterError",
}
"""The classes that the binding calls, each with the module of PyYAML that has it."""


class _Package(ModuleType):
    """`yaml` until more of it is asked for."""

    def __getattr__(self, name: str) -> object:
        self.__class__ = ModuleType  # type: ignore[assignment]  # from here on it is a module as any other
        assert self.__spec__ is not None
        assert self.__spec__.loader is not None
        self.__spec__.loader.exec_module(self)
        return getattr(self, name)


def _parser() -> type[CParser] | None:
    """Return libyaml's parser, or None where PyYAML was built without it."""
    if "yaml" not in sys.modules:
        try:
            return _parser_alone()
        except (ImportError, AttributeError):  # no libyaml, or a version of PyYAML whose binding wants more
            for name in [name for name in sys.modules if name.partition(".")[0] == "yaml"]:
                del sys.modules[name]
    try:
        from yaml._yaml import CParser
    except ImportError:
        return None
    return CParser


def _parser_alone() -> type[CParser]:
    spec = _spec()
    package = _Package("yaml")
    package.__spec__, package.__loader__, package.__file__ = spec, spec.loader, spec.origin
    package.__path__ = spec.submodule_search_locations or []
    sys.modules["yaml"] = package
    for module in _NEEDED:
        import_module(f"yaml.{module}")
    for module, error in _ERRORS.items():
        setattr(package, module, SimpleNamespace(**{error: _maker(package, module, error)}))
    try:
        from yaml._yaml import CParser
    finally:
        for module in _ERRORS:
            delattr(package, module)
    return CParser


def _maker(package: ModuleType, module: str, error: str) -> Callable[..., Exception]:
    """Return what makes one of PyYAML's errors, and loads PyYAML for it."""

    def make(*facts: object) -> Exception:
        made: Exception = getattr(getattr(package, module), error)(*facts)
        return made

    return make


def _spec() -> ModuleSpec:
    """Return where PyYAML is, without importlib.util, which takes longer to load than the binding."""
    for finder in sys.meta_path:
        spec = finder.find_spec("yaml", None)
        if spec is not None:
            return spec
    raise ImportError("PyYAML is not installed")


PARSER = _parser()
"""libyaml's parser; None where there is none, and PyYAML's own takes some ten times as long."""

from yaml.error import Mark, MarkedYAMLError, YAMLError  # noqa: E402  of the package that is there only now
from yaml.nodes import CollectionNode, MappingNode, ScalarNode, SequenceNode  # noqa: E402

__all__ = [
    "PARSER",
    "CollectionNode",
    "MappingNode",
    "Mark",
    "MarkedYAMLError",
    "ScalarNode",
    "SequenceNode",
    "YAMLError",
]
