"""Which paths are passed on to the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.rehearse.checks.check import Observation
from nestforge.rehearse.checks.request import status_of

if TYPE_CHECKING:
    from nestforge.rehearse.checks.check import Deployment

CLOSED = (
    "/",
    "/metrics",
    "/docs",
    "/openapi.json",
    "/version",
    "/ping",
    "/load",
    "/tokenize",
    "/detokenize",
    "/invocations",
    "/generate",
    "/get_server_info",
    "/flush_cache",
    "/update_weights_from_disk",
    "/health/",
    "/healthz",
    "/health_generate",
    "/v1",
    "/V1/models",
    "//metrics",
    "/facts",
)
"""Paths of vLLM and SGLang that are nobody's business, by their route tables, and near misses of those that are."""

TRICKS = ("/v1/../metrics", "/v1/%2e%2e/metrics", "/v1/..%2fmetrics", "/v1//../metrics", "/health/../metrics")
"""Ways to write a path that one reader takes for another; to refuse it as malformed is as good."""


async def paths(deployment: Deployment) -> list[Observation]:
    """Nothing but `/v1/` and `/health` is passed on, even with the key."""
    found = []
    for side, endpoint in deployment.endpoints().items():
        place, root = deployment.sides[side], endpoint.removesuffix("/v1")
        got = await status_of(place, f"{root}/health")
        found.append(Observation(f"GET /health, {side}", "200", got, got == "200"))
        for path in CLOSED + TRICKS:
            allowed = ("403", "404", "400") if path in TRICKS else ("403", "404")
            got = await status_of(place, root + path, deployment.key)
            found.append(Observation(f"GET {path}, {side}", " or ".join(allowed), got, got in allowed))
        got = await status_of(place, f"{root}/health", deployment.key, "POST")
        found.append(Observation(f"POST /health, {side}", "403 or 404", got, got in ("403", "404", "405")))
    return found
