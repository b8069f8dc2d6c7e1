"""The published figures, and the service's own machines, for the tests of the arithmetic."""

from __future__ import annotations

from tests.own_project import own_build

from nestforge.capacity.estimate import Question

CATALOG = own_build().project.catalog
SERVICE = own_build().project.service
MACHINE = CATALOG.machine
MODEL = CATALOG.models[0]
VLLM = next(one for one in CATALOG.engines if one.engine.id == "vllm")
SGLANG = next(one for one in CATALOG.engines if one.engine.id == "sglang")
TYPES = {one.id: one for one in MACHINE.types}
BARE_METAL = TYPES["ecs.ebmgn8v.48xlarge"]
QUESTION = Question(nodes=2, share=0.9, context=65_536, request_tokens=10_000)

assert MODEL.architecture is not None
DEEPSEEK = MODEL.architecture
