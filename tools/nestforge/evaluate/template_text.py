"""A template as text, for whoever evaluates it and does not otherwise read sources."""

from __future__ import annotations

from nestforge.evaluate.parameters import is_no_echo
from nestforge.evaluate.stack import evaluate
from nestforge.sources.nodes import entries
from nestforge.sources.template import load_template

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.evaluate.data import Data
    from nestforge.evaluate.evaluation import Evaluation
    from nestforge.evaluate.made import Made
    from nestforge.model.diagnostic import Diagnostic


class Unreadable(Exception):
    """The text is no template; `diagnostics` say why."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__("; ".join(found.message for found in diagnostics))
        self.diagnostics = tuple(diagnostics)


class TemplateText:
    """A template that is parsed once and evaluated as often as its resources come into being."""

    def __init__(self, text: str) -> None:
        """Parse the text. Raises Unreadable."""
        findings: list[Diagnostic] = []
        template = load_template(text, "template", findings)
        if template is None:
            raise Unreadable(findings)
        self.template = template

    @property
    def secrets(self) -> frozenset[str]:
        """The parameters with `NoEcho`."""
        return frozenset(name for name, node in self.template.parameters.items() if is_no_echo(entries(node)))

    def evaluate(
        self, given: Mapping[str, Data], pseudo: Mapping[str, str], made: Mapping[str, Made], locale: str = "en"
    ) -> Evaluation:
        """Return what the stack has, or will have; see `stack.evaluate`."""
        return evaluate(self.template, given, pseudo, locale, made)
