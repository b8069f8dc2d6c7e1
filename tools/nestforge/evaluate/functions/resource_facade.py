"""`Fn::ResourceFacade`: what a nested template asks of the stack around it."""

from __future__ import annotations

from nestforge.evaluate.fault import Fault, Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from nestforge.evaluate.data import Data


def resource_facade(argument: Data) -> Data:
    """Refuse: a template that is created by itself has nothing around it."""
    raise Fault("there is no resource around this template", kind=Kind.MISPLACED_FUNCTION)
