"""What a run of the linter has to say, with paths as the user who started it would write them."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from nestforge.lint.check_subject import Checked
    from nestforge.model.diagnostic import Diagnostic


class Report:
    """Findings in order, and how many files were looked at. `remarks` are sentences for the end."""

    def __init__(self, checked: Sequence[Checked]) -> None:
        self.findings: list[Diagnostic] = []
        self.files = sum(one.files for one in checked)
        self.remarks: list[str] = []
        self._places: dict[str, tuple[Checked, str]] = {}
        for one in checked:
            self.findings += [self._shown(found, one) for found in one.findings]
        self.findings = _once(self.findings)

    def _shown(self, found: Diagnostic, checked: Checked) -> Diagnostic:
        path = found.span.path
        shown = os.path.normpath(os.path.join(checked.root, path))
        inside = os.path.relpath(shown)
        shown = shown if inside.startswith("..") else inside
        self._places[shown] = checked, path
        return found._replace(span=found.span._replace(path=shown))

    def line(self, found: Diagnostic) -> str | None:
        """Return the line that a finding begins on, or None where it is not there or is no text."""
        checked, path = self._places[found.span.path]
        made = checked.made.get(f"{path}:{found.span.line}")
        if made is not None:
            return made.replace("\t", " ")
        from nestforge.sources.text_file import LARGEST, read_bytes

        content = read_bytes(checked.root, path, [], LARGEST) or b""
        lines = content.split(b"\n")
        if b"\0" in content or found.span.line > len(lines):
            return None
        return lines[found.span.line - 1].decode("utf-8", "replace").rstrip("\r").replace("\t", " ")

    def summary(self) -> str:
        """Return how many findings there are, in how many files."""
        count = {level: sum(found.severity == level for found in self.findings) for level in ("error", "warning")}
        shown = [f"{n} {level}{'' if n == 1 else 's'}" for level, n in count.items() if n]
        return f"{', '.join(shown) or 'no findings'} in {self.files} file{'' if self.files == 1 else 's'}"


def _once(findings: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return each finding once: every template below a folder with settings brings what is wrong with these."""
    return list({(found.span, found.code, found.message): found for found in findings}.values())
