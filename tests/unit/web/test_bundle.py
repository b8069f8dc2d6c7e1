"""The bundle of modules, as text; what it does in a browser is in test_evaluate_js.py."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nestforge.web.bundle import CannotBundle, bundle

if TYPE_CHECKING:
    from pathlib import Path

LEAF = "export const leaf = 1;\nexport function other() {}\n"


def written(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text)
    return folder / "entry.js"


def test_each_module_stands_once_behind_what_it_imports(tmp_path: Path) -> None:
    entry = written(
        tmp_path,
        entry='import { middle } from "./middle.js";\nimport { leaf } from "./leaf.js";\nmiddle(leaf);\n',
        middle='import { leaf, other } from "./leaf.js";\nexport function middle() {}\n',
        leaf=LEAF,
    )
    assert bundle(entry) == (
        '(() => {\n"use strict";\n'
        "const module0 = (() => { // leaf.js\nconst leaf = 1;\nfunction other() {}\n\nreturn { leaf, other };\n})();\n"
        "const module1 = (() => { // middle.js\nconst { leaf, other } = module0;\nfunction middle() {}\n\n"
        "return { middle };\n})();\n"
        "const module2 = (() => { // entry.js\nconst { middle } = module1;\nconst { leaf } = module0;\n"
        "middle(leaf);\n\nreturn {  };\n})();\n})();\n"
    )


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('\nimport { entry } from "./entry.js";', r"entry\.js:2: .* entry\.js -> entry\.js"),
        ('import { b } from "./circle.js";', r"circle\.js:1: .* entry\.js -> circle\.js -> entry\.js"),
        ('import { absent } from "./leaf.js";', r"entry\.js:1: leaf\.js does not export 'absent'"),
        ('import { leaf } from "./absent.js";', r"entry\.js:1: there is no \./absent\.js"),
        ('import { leaf as other } from "./leaf.js";', r"entry\.js:1: cannot bundle `import \{ leaf as other"),
        ('import "./leaf.js";', "cannot bundle"),
        ('import { leaf } from "https://example.com/leaf.js";', "cannot bundle"),
        ("export let changing = 1;", "cannot bundle `export let changing"),
        ("export default 1;", "cannot bundle"),
        ("export { leaf };", "cannot bundle"),
        ("\nconst html = '</Script>';", r"entry\.js:2: `</Script` would end the script"),
        ("const html = '<!-- x';", "`<!--` would end"),
    ],
)
def test_what_cannot_be_bundled_is_refused(tmp_path: Path, entry: str, message: str) -> None:
    path = written(tmp_path, entry=entry, leaf=LEAF, circle='import { a } from "./entry.js";\nexport const b = 1;\n')
    with pytest.raises(CannotBundle, match=message):
        bundle(path)
