"""What an intrinsic function is to the evaluator."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from nestforge.evaluate.data import ANY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml.nodes import Node

    from nestforge.evaluate.data import Data
    from nestforge.evaluate.fault import Fault
    from nestforge.evaluate.value import Value
    from nestforge.sources.template import Template


class Place(Enum):
    """Where a value is asked for: ROS offers other functions in each."""

    RESOURCES = "Resources and Outputs"
    CONDITIONS = "Conditions"
    RULES = "Rules"
    COUNT = "Count"
    LOCALS = "Locals of type Eval"


class Scope(Protocol):
    """What a function may ask of the evaluation around it."""

    @property
    def template(self) -> Template:
        """The template being evaluated."""

    def value_of(self, node: Node) -> Value:
        """Evaluate another node in the same place."""

    def literal(self, node: Node) -> Value:
        """Return what is written, with no function called."""

    def truth_of(self, node: Node) -> Value:
        """Evaluate a condition: the name of one, or a function that returns a boolean."""

    def condition(self, name: str) -> Value:
        """Return the value of a condition by name."""

    def reference(self, name: str, node: Node) -> Value:
        """Return what `Ref` of this name is: a parameter, a pseudo parameter, a local, or a resource's id."""

    def variable(self, name: str, node: Node) -> Value:
        """Return what `Fn::Sub` puts for this name: as `reference`, without locals."""

    def attribute(self, resource: str, attribute: str, node: Node) -> Value:
        """Return an attribute of a resource."""

    def warn(self, node: Node, fault: Fault) -> None:
        """Note what ROS takes, and what is probably meant in another way."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A function of values alone.

    Where an argument is unknown, so is the result, of type `returns`: unless the function is `exact`,
    which means that it takes unknown arguments and finds out how far they matter. `tracks_secrets`: it
    says itself which part of its result is secret.
    """

    run: Callable[[Data], Data]
    returns: str = ANY
    exact: bool = False
    tracks_secrets: bool = False
    places: tuple[Place, ...] = tuple(Place)


@dataclass(frozen=True, slots=True)
class Special:
    """A function that decides what of its argument is evaluated, or that asks for names."""

    run: Callable[[Node, Scope], Value]
    places: tuple[Place, ...] = tuple(Place)
