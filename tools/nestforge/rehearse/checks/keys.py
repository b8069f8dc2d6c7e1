"""Who is answered: those with the key, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.rehearse.checks.check import Observation
from nestforge.rehearse.checks.request import status_of

if TYPE_CHECKING:
    from nestforge.rehearse.checks.check import Deployment


async def keys(deployment: Deployment) -> list[Observation]:
    """The API answers with its key only."""
    found = []
    key = deployment.key
    for side, endpoint in deployment.endpoints().items():
        place = deployment.sides[side]
        for what, given, expected in (
            ("with the key", key, "200"),
            ("without a key", "", "401"),
            ("with a key that is a sign short", key[:-1], "401"),
            ("with the key in other letters", key.swapcase(), "401"),
        ):
            got = await status_of(place, f"{endpoint}/models", given)
            found.append(Observation(f"GET /v1/models {what}, {side}", expected, got, got == expected))
    return found
