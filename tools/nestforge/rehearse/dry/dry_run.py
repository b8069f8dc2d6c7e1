"""Create a template's resources on paper, and run its commands on nodes that are confined."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nestforge.evaluate.data import first_unknown
from nestforge.evaluate.made import Made
from nestforge.evaluate.shown import plain, shown_unknown
from nestforge.evaluate.template_text import TemplateText
from nestforge.publish.desired import ArtifactId
from nestforge.rehearse.dry.ground import SERVICES
from nestforge.rehearse.dry.images import dry_images
from nestforge.rehearse.dry.nodes import Nodes, NoNodes
from nestforge.rehearse.dry.result import NOT_PROVEN, DryResult, Ran
from nestforge.sandbox.paper.table import PAPER
from nestforge.sandbox.stacks.provider import ResourceFailed, Wanted
from nestforge.sandbox.stacks.records import StackResource

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from nestforge.evaluate.data import Data
    from nestforge.evaluate.evaluation import Evaluation, Resource
    from nestforge.model.catalog import Catalog
    from nestforge.publish.desired import Desired, DesiredArtifact
    from nestforge.rehearse.image import ImageOf

_COMMAND = "ALIYUN::ECS::RunCommand"
_NODES = ("ALIYUN::ECS::Instance", "ALIYUN::ECS::InstanceGroup")
_HANDLE, _CONDITION = "ALIYUN::ROS::WaitConditionHandle", "ALIYUN::ROS::WaitCondition"
_STACK = "dry"
_TIMEOUT = 60
"""Seconds of a command that names no Timeout."""


@dataclass(slots=True)
class _Stack:
    template: TemplateText
    given: Mapping[str, Data]
    region: str
    image_of: ImageOf
    nodes: Nodes
    tell: Callable[[str], None]
    names: dict[str, str] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)
    records: list[StackResource] = field(default_factory=list)
    ran: list[Ran] = field(default_factory=list)
    signals_wanted: int = 0

    def evaluated(self) -> Evaluation:
        pseudo = {"ALIYUN::StackName": _STACK, "ALIYUN::StackId": _STACK, "ALIYUN::Region": self.region}
        return self.template.evaluate(self.given, pseudo, self.made)

    def create_all(self) -> str:
        """Create one resource after the other; return why that failed, or nothing."""
        while True:
            evaluation = self.evaluated()
            if errors := [found.message for found in evaluation.diagnostics if found.severity == "error"]:
                return "; ".join(errors)
            left = [one for one in evaluation.resources.values() if one.name not in self.made]
            ready = [one for one in left if self.made.keys() >= set(one.needs)]
            if not ready:
                return f"these wait for one another: {', '.join(one.name for one in left)}" if left else ""
            try:
                self._create(ready[0])
            except ResourceFailed as error:
                return f"{ready[0].name}: {error}"

    def _create(self, resource: Resource) -> None:
        self.tell(resource.name)
        for name, value in resource.properties.items():
            if (unknown := first_unknown(value.data)) is not None:
                raise ResourceFailed(f"its property {name} is not known: {shown_unknown(unknown)}")
        properties = {name: value.data for name, value in resource.properties.items()}
        provider = PAPER.get(resource.type)
        if provider is None:
            raise ResourceFailed(f"the resource type {resource.type} is not rehearsed")
        wanted = Wanted(
            _STACK, _STACK, self.region, resource.name, resource.type, properties, lambda: self.records, self.tell
        )
        made = asyncio.run(provider.create(wanted))
        if resource.type == _HANDLE:
            made = Made(made.physical_id, {name: _at_services(value) for name, value in made.attributes.items()})
        elif resource.type == _CONDITION:
            self.signals_wanted += int(str(properties.get("Count", 1)))
        elif resource.type in _NODES:
            self._add_nodes(properties, made)
        elif resource.type == _COMMAND:
            self._run(resource.name, properties)
        self.made[resource.name] = made
        shown = {name: plain(value) for name, value in properties.items()}
        self.records.append(
            StackResource(
                _STACK, resource.name, resource.type, resource.needs, resource.retained, "", "", "", "", shown,
                made.physical_id, dict(made.attributes),
            )
        )  # fmt: skip

    def _add_nodes(self, properties: Mapping[str, Data], made: Made) -> None:
        image = self.image_of(str(properties["ImageId"]), str(properties["InstanceType"]))
        single = {"InstanceIds": [made.physical_id], "PrivateIps": [made.attributes.get("PrivateIp", "")]}
        both = {name: made.attributes.get(name, found) for name, found in single.items()}
        ids, addresses = both["InstanceIds"], both["PrivateIps"]
        assert isinstance(ids, list)
        assert isinstance(addresses, list)
        for number, (instance_id, address) in enumerate(zip(ids, addresses, strict=True)):
            name = str(properties.get("InstanceName") or properties.get("HostName") or instance_id)
            name = re.sub(r"[^A-Za-z0-9-]", "-", name if len(ids) == 1 else f"{name}-{number}")
            self.nodes.add(name, str(address), image)
            self.names[str(instance_id)] = name

    def _run(self, resource: str, properties: Mapping[str, Data]) -> None:
        instances = properties.get("InstanceIds")
        for instance_id in instances if isinstance(instances, list) else []:
            node = self.names[str(instance_id)]
            timeout = float(str(properties.get("Timeout", _TIMEOUT)))
            ran = self.nodes.run(resource, node, str(properties["CommandContent"]), timeout)
            self.ran.append(ran)
            if ran.returncode:
                last = " / ".join(ran.output.strip().splitlines()[-3:])
                raise ResourceFailed(f"the command ended with exit code {ran.returncode} on {node}: {last}")


def dry_run(
    package: Path,
    desired: Desired,
    catalog: Catalog,
    given: Mapping[str, Data],
    region: str,
    folder: Path,
    tell: Callable[[str], None] = lambda _: None,
) -> DryResult:
    """Rehearse a package, which `desired` was read from, with the parameters `given`; `folder` is for its traces.

    `tell` hears the name of each resource as it begins. Where this machine cannot confine scripts, none is run, and the
    result says so. Raises Unreadable, NoImageBuild.
    """
    artifacts, text = desired.artifacts, desired.uploads[desired.templates[0]].content.decode()
    for token, artifact in _related(desired, "FileArtifactRelation", artifacts).items():
        text = text.replace(token, f"http://{SERVICES}/{artifact.files[0]}")
    images = {name: one.name for name, one in _related(desired, "ArtifactRelation", artifacts).items()}
    image_of = dry_images(package, catalog, images, folder / "engine")
    try:
        with Nodes(folder / "nodes") as nodes:
            for artifact in artifacts.values():
                for name in artifact.files:
                    nodes.serve(name, desired.uploads[name].content)
            stack = _Stack(TemplateText(text), given, region, image_of, nodes, tell)
            problem = stack.create_all()
            signals = nodes.signals()
    except NoNodes as reason:
        return DryResult((), (), (), {}, "", (f"the scripts: none was run, for {reason}", *NOT_PROVEN))
    outputs = {name: plain(output.value.data) for name, output in stack.evaluated().outputs.items()}
    problem = problem or _problem_of(signals, stack.signals_wanted)
    return DryResult(tuple(stack.made), tuple(stack.ran), signals, outputs, problem, NOT_PROVEN)


def _related(desired: Desired, kind: str, artifacts: Mapping[str, DesiredArtifact]) -> dict[str, DesiredArtifact]:
    """Return the artifacts by what the template calls them."""
    metadata = desired.definition["DeployMetadata"]
    found = _entry(_entry(metadata, "SupplierDeployMetadata"), kind)
    return {
        str(name): artifacts[key.key]
        for name, relation in (found.items() if hasattr(found, "items") else ())
        if isinstance(key := _entry(relation, "ArtifactId"), ArtifactId)
    }


def _entry(mapping: object, name: str) -> object:
    return mapping.get(name) if isinstance(mapping, dict) else None


def _at_services(value: Data) -> Data:
    """Return a handle's command or address with one that nodes reach."""
    return re.sub(r"https://[^/' ]+", f"http://{SERVICES}", value) if isinstance(value, str) else value


def _problem_of(signals: tuple[str, ...], wanted: int) -> str:
    told = [json.loads(signal) for signal in signals]
    failed = [str(one.get("reason", "")) for one in told if str(one.get("status")).upper() != "SUCCESS"]
    if failed:
        return f"the stack was told of a failure: {'; '.join(failed)}"
    return f"the stack was told of {len(told)} successes, expected {wanted}" if len(told) < wanted else ""
