"""The outputs of the stack, as a buyer reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.rehearse.checks.check import INTERNET, VPC, Observation

if TYPE_CHECKING:
    from nestforge.rehearse.checks.check import Deployment


async def outputs(deployment: Deployment) -> list[Observation]:
    """Outputs are there, whole, and lead to the hosts that were made."""
    found = []
    for name, value in deployment.outputs.items():
        if value in (None, "", [], {}) or "known after creation" in str(value):
            found.append(Observation(name, "a value", f"'{deployment.masked(str(value))}'", holds=False))
    found.append(Observation("outputs", "at least one", str(len(deployment.outputs)), bool(deployment.outputs)))
    public = any(host for host in deployment.addresses.get(INTERNET, {}))
    for side, output in deployment.plan.endpoints.items():
        expected = side == VPC or public
        got = output in deployment.outputs
        found.append(Observation(f"output {output}", _whether(expected), _whether(got), expected == got))
    for side, endpoint in deployment.endpoints().items():
        host = endpoint.partition("://")[2].partition(":")[0].partition("/")[0]
        known = deployment.addresses.get(side, {})
        expected_addresses = ", ".join(known) or "none"
        found.append(Observation(f"address of the API, {side}", f"one of {expected_addresses}", host, host in known))
    return found


def _whether(there: bool) -> str:
    return "there" if there else "not there"
