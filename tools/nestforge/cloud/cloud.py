"""The APIs of one cloud, together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nestforge.cloud.deployments import Deployments
    from nestforge.cloud.objects import ObjectStore
    from nestforge.cloud.ros import StackEvents, TemplateCheck
    from nestforge.cloud.supplier import Supplier
    from nestforge.cloud.traffic import Traffic


@dataclass(frozen=True, slots=True)
class Cloud:
    """What a target offers, and what has gone over the wire so far."""

    supplier: Supplier
    objects: ObjectStore
    ros: TemplateCheck
    deployments: Deployments
    stacks: StackEvents
    traffic: Traffic
