"""The table of functions of the rules says what the evaluator's says."""

from __future__ import annotations

from nestforge.evaluate.data import ANY, BOOLEAN, LIST, MAP, NUMBER, STRING
from nestforge.evaluate.function import Place, Plain
from nestforge.evaluate.functions.table import FUNCTIONS
from nestforge.lint import kinds
from nestforge.lint.signatures import SIGNATURES

IN_SHORT = {"N": {Place.RESOURCES}, "C": {Place.CONDITIONS, Place.RULES}, "K": {Place.COUNT}}
KINDS = {
    ANY: None,
    BOOLEAN: kinds.BOOLEAN,
    LIST: kinds.LIST,
    MAP: kinds.MAP,
    NUMBER: kinds.NUMBER,
    STRING: kinds.TEXT,
}


def test_both_have_the_same_functions() -> None:
    assert SIGNATURES.keys() == FUNCTIONS.keys()


def test_a_function_is_for_the_same_places_in_both() -> None:
    for name, signature in SIGNATURES.items():
        places = set().union(*(IN_SHORT[place] for place in signature.places))
        assert places == set(FUNCTIONS[name].places) - {Place.LOCALS}, name


def test_a_function_returns_the_same_in_both() -> None:
    for name, signature in SIGNATURES.items():
        function = FUNCTIONS[name]
        if isinstance(function, Plain):
            assert signature.returns == KINDS[function.returns], name
