"""A resource that exists: what only its creation could tell."""

from __future__ import annotations

from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from nestforge.evaluate.data import Data


@dataclass(frozen=True, slots=True)
class Made:
    """The id that `Ref` returns, and the attributes that `Fn::GetAtt` returns, by name."""

    physical_id: str
    attributes: Mapping[str, Data]
