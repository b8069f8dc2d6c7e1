"""The texts of strings.yaml, as templates ask for them."""

from __future__ import annotations

import json
import re

from nestforge.model.near_miss import did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.model.project import Project


class TextLookup:
    """Gives templates their texts, and remembers which keys were asked for."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.used: set[str] = set()

    def in_all(self, key: str, **figures: object) -> str:
        """Return the texts of `key` in every language as a ROS label: `{"zh-cn": "…", "en": "…"}`.

        JSON is YAML, so the result can stand in a template as it is. `{name}` in a text is that figure.
        """
        words = {locale.ros: self.filled_in(key, locale.id, figures) for locale in self.project.service.locales}
        return json.dumps(words, ensure_ascii=False)

    def filled_in(self, key: str, locale: str, figures: Mapping[str, object]) -> str:
        """Return the text of `key` in `locale` with its `{name}`s; one that is not given is an undefined name."""

        def figure(found: re.Match[str]) -> str:
            if found[1] not in figures:
                help = did_you_mean(found[1], figures) or f"known are {', '.join(figures)}"
                message = f"'{found[1]}' is no figure that is given to {key}, whose text in {locale} asks for it"
                raise _unknown_name(message, help)
            return str(figures[found[1]])

        return re.sub(r"\{(\w+)\}", figure, self.one(key, locale))

    def in_one_line(self, key: str, **figures: object) -> str:
        """Return what `joined` returns as a JSON string."""
        return json.dumps(self.joined(key, **figures), ensure_ascii=False)

    def joined(self, key: str, **figures: object) -> str:
        """Return the texts of `key` in every language, for a place that takes one only; equal ones once."""
        texts = (self.filled_in(key, locale.id, figures) for locale in self.project.service.locales)
        return " / ".join(dict.fromkeys(texts))

    def one(self, key: str, locale: str) -> str:
        """Return the text of `key` in `locale`; an unknown key is an undefined name to the template.

        A text that another language has stands in for one that is not translated, so that the rest can be
        rendered and checked; the missing translation is an error of its own.
        """
        self.used.add(key)
        texts = self.project.texts[locale]
        for candidate in (texts, *self.project.texts.values()):
            if key in candidate.entries:
                return candidate.entries[key]
        help = did_you_mean(key, texts.entries) or "write it there, in every language"
        raise _unknown_name(f"'{key}' is not in {texts.path}", help)

    def words(self, name: str, section: str = "parameters", **figures: object) -> str:
        """Return the lines that explain a parameter or an output, for a mapping indented by four spaces."""
        keys = {"Label": "label", "Description": "description", "ConstraintDescription": "constraint"}
        lines = [
            f"{ros}: {self.in_all(f'{section}.{name}.{key}', **figures)}"
            for ros, key in keys.items()
            if key == "label" or self.has(f"{section}.{name}.{key}")
        ]
        return "\n    ".join(lines)

    def value_labels(self, name: str, values: list[str]) -> str:
        """Return what each allowed value of a parameter is shown as, as JSON."""
        pairs = (f'"{value}": {self.in_all(f"parameters.{name}.values.{value}")}' for value in values)
        return "{" + ", ".join(pairs) + "}"

    def has(self, key: str) -> bool:
        """Return whether any language has a text for `key`; a missing translation is then found by name."""
        return any(key in texts.entries for texts in self.project.texts.values())


def _unknown_name(message: str, help: str) -> Exception:
    from nestforge.assemble.undefined_names import UnknownName  # loads Jinja2, which is there where it is caught

    return UnknownName(message, help)
