"""Evaluate a template with what the form fills in by itself."""

from __future__ import annotations

from nestforge.evaluate.stack import evaluate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.evaluate.data import Data
    from nestforge.evaluate.evaluation import Evaluation
    from nestforge.sources.template import Template

MOST_ROUNDS = 4
"""What is filled in may decide what else is; the form stops as well where that has no end."""


def evaluate_form(
    template: Template, given: Mapping[str, Data], pseudo: Mapping[str, str], locale: str = "en"
) -> Evaluation:
    """Return what the stack would have of a form with these values; see `stack.evaluate`.

    A parameter that is not given has what its metadata says under `Value`. ROS itself does not read it.
    """
    filled: dict[str, Data] = {}
    result = evaluate(template, given, pseudo, locale)
    for _ in range(MOST_ROUNDS):
        wanted: dict[str, Data] = {
            name: parameter.form.choices.filled_in
            for name, parameter in result.parameters.items()
            if name not in given and parameter.form.choices.filled_in is not None
        }
        if wanted == filled:
            break
        filled = wanted
        result = evaluate(template, {**given, **filled}, pseudo, locale)
    return result
