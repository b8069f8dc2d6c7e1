"""R9034."""

from __future__ import annotations

from nestforge.lint.engine import Finding, rule
from nestforge.model.diagnostic import Span
from nestforge.model.pattern import pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from nestforge.sources.template import Template

_RIGHTS = pattern(r"--privileged\b(?!=false)|(?<=[\s=\"'])/var/run/docker\.sock:")


@rule("R9034", severity="info")
def privileged_container(template: Template) -> Iterator[Finding]:
    """A container is run with all rights over its host.

    What breaks into the container has the host: `--gpus`, `--device` and `--cap-add` give what is needed.

    Bad:  docker run --privileged app
    Good: docker run --gpus all --device /dev/infiniband/rdma_cm --cap-add IPC_LOCK app
    """
    for number, line in enumerate(template.lines, 1):
        for found in _RIGHTS.finditer(line):
            if not line.lstrip().startswith("#"):
                span = Span(template.path, number, found.start() + 1, number, found.end() + 1)
                what = "is privileged" if found[0].startswith("--") else "can start others on the host"
                yield Finding(span, f"this container {what}", "give it the devices and capabilities that it needs")
