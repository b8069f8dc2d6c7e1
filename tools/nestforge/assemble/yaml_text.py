"""Write YAML that people read."""

from __future__ import annotations

import yaml


def yaml_text(data: object) -> str:
    """Return `data` as YAML, its keys in their order."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


class _Dumper(yaml.CSafeDumper):
    """Writes text of several lines as a block, and a list that stands twice twice: people read the file."""

    def ignore_aliases(self, data: object) -> bool:
        """Return that nothing is written as a reference to another place."""
        return True


def _block(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _block)
