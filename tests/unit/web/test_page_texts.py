"""The texts of the page: the same in every language, each used somewhere, each that is used there."""

from __future__ import annotations

import re
from itertools import chain

from nestforge.web.bundle import STATIC

_KEY = re.compile(r'^    (?:"([\w.-]+)"|(\w+)): "(.*)",$', re.MULTILINE)
_NAME = re.compile(r"\{(\w+)\}")
_COMPUTED = ("language.", "theme.", "tab.", "severity.", "value.", "part.", "rule", "stageColumn", "perToken")


def texts() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {"en-US": {}, "zh-CN": {}}
    for module in ("say.js", "texts.js"):
        source = (STATIC / "view" / module).read_text(encoding="utf-8")
        _, *parts = re.split(r'^  "(?:en-US|zh-CN)": \{$', source, flags=re.MULTILINE)
        for language, part in zip(found, parts, strict=True):
            found[language] |= {quoted or bare: text for quoted, bare, text in _KEY.findall(part)}
    return found


def test_every_language_has_every_text_with_the_same_names_in_it() -> None:
    english, chinese = texts().values()
    assert english.keys() == chinese.keys()
    assert len(english) > 100
    for key, text in english.items():
        assert set(_NAME.findall(text)) == set(_NAME.findall(chinese[key])), key


def test_every_text_that_the_modules_ask_for_is_there_and_no_other() -> None:
    modules = [path.read_text(encoding="utf-8") for path in (*STATIC.glob("view/**/*.js"), STATIC / "preview.js")]
    asked = set(
        chain.from_iterable(re.findall(r"""\bsay\((?:\w+ \? )?"([\w.]+)"(?: : "(\w+)")?""", text) for text in modules)
    )
    named = {key for pair in asked for key in pair if key}
    known = texts()["en-US"].keys()
    assert named <= known
    everything = "\n".join(text for text in modules if "const TEXTS" not in text and "const COMMON" not in text)
    assert not [key for key in known if f'"{key}"' not in everything and not key.startswith(_COMPUTED)]
