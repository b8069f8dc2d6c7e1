"""A deployment from its order to its last trace, in a world where nothing runs."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from tests.own_project import ROOT, copy_project
from tests.unit.rehearse.local import Here, ToldHost

from nestforge.cli import main
from nestforge.model.rehearsal import PlannedFault
from nestforge.publish.read_package import read_package
from nestforge.rehearse.checks.check import INTERNET, VPC, Deployment, Observation
from nestforge.rehearse.combinations import Combination
from nestforge.rehearse.faults import cut_and_heal_link
from nestforge.rehearse.one import Job, fresh_password, rehearse_one
from nestforge.rehearse.result import Measured
from nestforge.sandbox.paper.table import ON_PAPER
from nestforge.sandbox.stacks.provider import Providers, ResourceFailed
from nestforge.sources.rehearsal import load_rehearsal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable
    from pathlib import Path

    from nestforge.evaluate.made import Made
    from nestforge.publish.deploy import Event
    from nestforge.publish.desired import Desired
    from nestforge.rehearse.host import Host, Vantage
    from nestforge.rehearse.result import Rehearsed
    from nestforge.sandbox.stacks.provider import Wanted
    from nestforge.sandbox.stacks.records import StackResource

REGION = "cn-hangzhou"
PRIVATE = Combination({"access": "private"}, {"SupportPublicAccess": False})
PUBLIC = Combination({"access": "public"}, {"SupportPublicAccess": True, "AllowedCidr": "$internet"})


class PaperHosts:
    """Makes groups of instances on paper, and hosts that are nothing but their names."""

    def __init__(self, hosts: dict[str, ToldHost], failing: str = "") -> None:
        self.hosts = hosts
        self.failing = failing

    async def create(self, wanted: Wanted) -> Made:
        if wanted.name == self.failing:
            raise ResourceFailed("no stock of ecs.ebmgn8v.48xlarge")
        made = await ON_PAPER.by_type[wanted.type].create(wanted)
        ids, addresses = made.attributes["InstanceIds"], made.attributes["PrivateIps"]
        assert isinstance(ids, list)
        assert isinstance(addresses, list)
        for instance_id, address in zip(ids, addresses, strict=True):
            host = ToldHost(instance_id=str(instance_id), address=str(address), name=wanted.name)
            self.hosts[host.instance_id] = host
        return made

    async def delete(self, resource: StackResource) -> None:
        for instance_id in list(self.hosts):
            if instance_id in str(resource.attributes):
                del self.hosts[instance_id]


class PaperCommands:
    """Runs commands on paper, as long as a fault may need; they fail on a host that nobody reaches."""

    def __init__(self, links_down: set[str]) -> None:
        self.links_down = links_down

    async def create(self, wanted: Wanted) -> Made:
        await asyncio.sleep(0.01)  # what was begun before has its turn
        if self.links_down & set(map(str, wanted.properties["InstanceIds"])):  # type: ignore[arg-type]  # a list
            raise ResourceFailed("exit 1: the other node, 192.168.1.2, does not answer")
        return await ON_PAPER.by_type[wanted.type].create(wanted)

    async def delete(self, resource: StackResource) -> None:
        pass


@dataclass
class PaperWorld:
    """A world where nothing runs; it counts networks."""

    failing: str = ""
    all_hosts: dict[str, ToldHost] = field(default_factory=dict)
    links_down: set[str] = field(default_factory=set)
    is_open: bool = True

    @property
    def providers(self) -> Providers:
        hosts = PaperHosts(self.all_hosts, self.failing)
        commands = PaperCommands(self.links_down)
        return Providers(
            {**ON_PAPER.by_type, "ALIYUN::ECS::InstanceGroup": hosts, "ALIYUN::ECS::RunCommand": commands}, ""
        )

    @asynccontextmanager
    async def reached_from_hosts(self, _: object) -> AsyncIterator[None]:
        yield

    def hosts(self) -> list[Host]:
        return list(self.all_hosts.values())

    def host(self, instance_id: str) -> ToldHost:
        return self.all_hosts[instance_id]

    def internet(self) -> Here:
        return Here("internet", "198.51.100.7")

    async def visitor(self, vswitch_id: str) -> Vantage:
        assert vswitch_id.startswith("vsw-")
        return Here("visitor")

    def cut(self, instance_id: str) -> None:
        self.links_down.add(instance_id)

    def heal(self, instance_id: str) -> None:
        self.links_down.discard(instance_id)

    async def close(self) -> None:
        self.is_open = False

    def leftovers(self) -> list[str]:
        return ["the world is still open"] if self.is_open else []


@dataclass
class PaperStage:
    """Opens one world."""

    world: PaperWorld
    folder: Path
    artifacts: dict[str, str] = field(default_factory=dict)

    @asynccontextmanager
    async def open_world(self, folder: Path) -> AsyncIterator[PaperWorld]:
        assert folder == self.folder
        yield self.world
        await self.world.close()

    def look_at(self, hosts: Iterable[Host]) -> None:
        """See nothing: there is nothing."""

    async def measure(self, _: Deployment) -> Measured:
        return Measured()


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Desired:
    project = copy_project(tmp_path_factory.mktemp("project"))
    assert main(["build", "--quiet", "--project", str(project)]) == 0
    return read_package(project / "build" / "package", REGION)


def rehearsed(
    package: Desired,
    tmp_path: Path,
    combination: Combination,
    world: PaperWorld,
    *checks: object,
    fault: PlannedFault | None = None,
) -> tuple[Rehearsed, list[Event]]:
    plan = load_rehearsal(ROOT)
    job = Job(package, REGION, plan, combination, tmp_path, fault, checks=tuple(checks))  # type: ignore[arg-type]  # checks
    events: list[Event] = []

    stage = PaperStage(world, tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        found = asyncio.run(rehearse_one(job, stage, listener, events.append))
    assert len([name for name in stage.artifacts.values() if name]) >= 2  # an image for each model
    return found, events


async def sees_the_deployment(deployment: Deployment) -> list[Observation]:
    """Holds what a check is given against what the template makes."""
    rules = {(opening.first, opening.source) for opening in deployment.openings}
    return [
        Observation("hosts", "2", str(len(deployment.hosts)), len(deployment.hosts) == 2),
        Observation("addresses", "2", "", len(deployment.addresses[VPC]) == 2),
        Observation("key", "40 letters", "", len(deployment.key) == 40),
        Observation("rule", "the VPC's", str(rules), (8000, "192.168.0.0/16") in rules),
        Observation("secrets", "2", "", len(deployment.secrets) == 2),
        Observation("log", "some", "", bool(deployment.events())),
    ]


async def breaks(_: Deployment) -> list[Observation]:
    """Cannot be made."""
    raise RuntimeError("nobody answers")


async def looks_at_nothing(_: Deployment) -> list[Observation]:
    """Has nothing to say."""
    return []


def test_what_comes_up_is_checked_and_deleted_without_a_trace(package: Desired, tmp_path: Path) -> None:
    found, events = rehearsed(package, tmp_path, PRIVATE, PaperWorld(), sees_the_deployment)
    assert (found.status, found.left) == ("Deployed", ())
    assert [seen.what for check in found.checks for seen in check.observations if not seen.holds] == []
    assert found.passed
    steps = {step.resource: step for step in found.steps}
    assert steps["MasterCommand"].begun >= steps["MasterInstanceGroup"].begun
    assert all(step.status == "CREATE_COMPLETE" for step in found.steps)
    assert {"create", "delete"} == {event.phase for event in events}


def test_from_the_internet_the_address_leads_to_the_host_that_serves(package: Desired, tmp_path: Path) -> None:
    async def looks(deployment: Deployment) -> list[Observation]:
        """Looks at the public side."""
        (host,) = deployment.addresses[INTERNET].values()
        rules = {(opening.first, opening.source) for opening in deployment.openings}
        return [
            Observation("host", "the worker", host.name, host.name == "WorkerInstanceGroup"),
            Observation("endpoint", "there", "", INTERNET in deployment.endpoints()),
            Observation("rule", "for the internet's side", str(rules), (8000, "198.51.100.7/32") in rules),
        ]

    found, _ = rehearsed(package, tmp_path, PUBLIC, PaperWorld(), looks)
    assert [seen for check in found.checks for seen in check.observations if not seen.holds] == []
    assert found.passed


def test_an_existing_network_is_there_before(package: Desired, tmp_path: Path) -> None:
    existing = {"VpcOption": "ExistingVPC", "VpcId": "$vpc", "VSwitchId": "$vswitch"}
    # On paper nobody can say what range a VPC has that no stack made.
    found, _ = rehearsed(package, tmp_path, Combination({}, existing), PaperWorld(), sees_the_deployment)
    assert (found.status, found.passed) == ("Refused", False)
    assert "DATASOURCE::VPC::Vpc" in found.detail


def test_what_does_not_come_up_is_not_checked_and_says_why(package: Desired, tmp_path: Path) -> None:
    found, _ = rehearsed(package, tmp_path, PRIVATE, PaperWorld(failing="WorkerInstanceGroup"), sees_the_deployment)
    assert (found.status, found.checks, found.passed) == ("DeployedFailed", (), False)
    failed = [step for step in found.steps if step.status == "CREATE_FAILED"]
    assert failed[0].resource == "WorkerInstanceGroup"
    assert "no stock of ecs.ebmgn8v.48xlarge" in failed[0].reason
    assert found.left == ()


@pytest.mark.parametrize(("check", "problem"), [(breaks, "RuntimeError: nobody answers"), (looks_at_nothing, "")])
def test_a_check_that_sees_nothing_has_not_passed(
    package: Desired, tmp_path: Path, check: object, problem: str
) -> None:
    found, _ = rehearsed(package, tmp_path, PRIVATE, PaperWorld(), check)
    assert (found.checks[0].passed, found.checks[0].problem) == (False, problem)
    assert not found.passed


def test_what_is_left_is_no_pass(package: Desired, tmp_path: Path) -> None:
    found, _ = rehearsed(package, tmp_path, PRIVATE, PaperWorld(), sees_the_deployment)
    assert not replace(found, left=("the host worker",)).passed


NEVER_JOINS = PlannedFault(
    "the worker never joins",
    60,
    do="cut-link",
    host="WorkerInstanceGroup",
    after="MasterCommand",
    expect="does not answer",
)


def faults_of(found: Rehearsed) -> list[str]:
    return [seen.what for check in found.checks for seen in check.observations if not seen.holds]


def test_a_fault_ends_in_a_stack_that_names_it_and_is_gone(package: Desired, tmp_path: Path) -> None:
    found, _ = rehearsed(package, tmp_path, PRIVATE, PaperWorld(), sees_the_deployment, fault=NEVER_JOINS)
    assert (found.status, faults_of(found), found.passed) == ("DeployedFailed", [], True)
    assert found.name == "the worker never joins (private)"


def test_a_fault_that_is_told_as_another_has_not_passed(package: Desired, tmp_path: Path) -> None:
    other = replace(NEVER_JOINS, expect="no stock", within=0.001)
    found, _ = rehearsed(package, tmp_path, PRIVATE, PaperWorld(), sees_the_deployment, fault=other)
    assert faults_of(found) == ["the cause that is given", "time until it failed"]
    assert not found.passed


def test_a_fault_that_nobody_noticed_has_not_passed(package: Desired, tmp_path: Path) -> None:
    healed = replace(NEVER_JOINS, after="FinalCheck")  # too late: nothing is asked of the host any more
    found, _ = rehearsed(package, tmp_path, PRIVATE, PaperWorld(), sees_the_deployment, fault=healed)
    assert found.status == "Deployed"
    assert not found.passed


def test_a_fault_that_could_not_be_done_proves_nothing(package: Desired, tmp_path: Path) -> None:
    nowhere = replace(NEVER_JOINS, host="nobody", expect="")
    found, _ = rehearsed(package, tmp_path, PRIVATE, PaperWorld(), sees_the_deployment, fault=nowhere)
    assert found.status == "Deployed"
    assert "there is no host whose name ends with 'nobody'" in found.checks[0].problem
    assert not found.passed


def test_what_is_survived_is_checked_as_usual(
    package: Desired, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cut_and_heal_link, "SECONDS", 0)
    passing = replace(NEVER_JOINS, do="cut-and-heal-link", expect="")
    found, _ = rehearsed(package, tmp_path, PRIVATE, PaperWorld(), sees_the_deployment, fault=passing)
    assert [check.name for check in found.checks] == ["fault", "sees_the_deployment"]
    assert found.passed


def test_an_order_that_must_be_refused_is(package: Desired, tmp_path: Path) -> None:
    fault = PlannedFault("wrong type", 60, parameters={"EcsInstanceType": "ecs.g7.large"}, expect="EcsInstanceType")
    found, events = rehearsed(package, tmp_path, PRIVATE, PaperWorld(), fault=fault)
    assert (found.status, faults_of(found), found.passed, events) == ("Refused", [], True, [])


def test_passwords_are_fresh_and_of_all_kinds() -> None:
    one, other = fresh_password(), fresh_password()
    assert one != other
    assert any(sign.islower() for sign in one)
    assert any(sign.isupper() for sign in one)
    assert any(sign.isdigit() for sign in one)
    assert 8 <= len(one) <= 30
