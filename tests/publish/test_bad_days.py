"""Calls that fail, are throttled, or whose answers are lost: nothing is done twice, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from nestforge.cloud.errors import CloudRefused, CloudUnreachable
from nestforge.cloud.retry import LONGEST_PAUSE, PAUSES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.publish.desk import Desk

    from nestforge.sandbox.store import Store

FIRST_PUBLISH = (
    "ListServices",
    "ListArtifacts",
    "ValidateTemplate",
    "GetUploadCredentials",
    "PutObject",
    "CreateArtifact",
    "GetArtifact",
    "ReleaseArtifact",
    "CreateService",
    "GetService",
    "GetServiceTemplateCriterionIssues",
    "RegisterService",
    "GetServiceRegistration",
    "LaunchService",
)


def things(desk: Desk) -> tuple[int, int, int, dict[str, str]]:
    """Return how many services, artifacts and registrations there are, and the service's versions."""

    def counted(store: Store) -> tuple[int, int, int]:
        services = {service.service_id for service in store.services()}
        artifacts = {(artifact.artifact_id, artifact.version) for artifact in store.artifacts()}
        return len(services), len(artifacts), len(list(store.registrations()))

    return (*desk.sandbox.in_server(counted), desk.versions())


ONCE = (1, 2, 1, {"1": "Online"})


@pytest.mark.parametrize("action", FIRST_PUBLISH)
def test_a_bad_day_ends_well_and_does_nothing_twice(desk: Desk, action: str) -> None:
    for number, kind in enumerate(("drop", "lose-reply", "throttle", "unavailable"), 1):
        desk.sandbox.inject(f"{action}={kind}@{number}")
    assert desk.publish().status == "Online"
    assert things(desk) == ONCE
    pauses = [pause for pause in desk.waited if pause in PAUSES or pause == 1.0]
    assert pauses == [*PAUSES[:2], max(PAUSES[2], 1.0), PAUSES[3]]
    assert desk.publish().changes == ()


def _update(desk: Desk) -> None:
    desk.sandbox.inject("RegisterService=refuse")
    with pytest.raises(CloudRefused):
        desk.publish()
    desk.service["VersionName"] = "1.0.1"


def _tag(desk: Desk) -> None:
    desk.publish()
    desk.service["Tags"]["product"] = "another"


def _cancel(desk: Desk) -> None:
    desk.sandbox.review("manual")
    desk.publish()
    desk.sandbox.review("automatic")
    desk.service["VersionName"] = "1.0.1"


@pytest.mark.parametrize(
    ("action", "prepare"),
    [("UpdateService", _update), ("TagResources", _tag), ("CancelServiceRegistration", _cancel)],
)
def test_a_later_publish_survives_a_bad_day_too(desk: Desk, action: str, prepare: Callable[[Desk], None]) -> None:
    prepare(desk)
    for number, kind in enumerate(("lose-reply", "internal-error"), 1):
        desk.sandbox.inject(f"{action}={kind}@{number}")
    assert desk.publish().status == "Online"
    assert desk.count(action) >= 2  # the first answer was lost
    assert desk.versions() == {"1": "Online"}
    assert desk.publish().changes == ()


@pytest.mark.parametrize("action", FIRST_PUBLISH)
def test_a_refusal_says_code_message_and_request_id_and_the_next_publish_goes_on(desk: Desk, action: str) -> None:
    desk.sandbox.inject(f"{action}=refuse")
    with pytest.raises(CloudRefused) as refused:
        desk.publish()
    assert refused.value.exit_code == 4
    assert refused.value.action == action
    assert refused.value.code == "Forbidden.RAM"
    assert "User not authorized to operate on the specified resource." in refused.value.message
    assert f"request id {refused.value.request_id}" in refused.value.message
    assert len(refused.value.request_id) > 10
    assert desk.publish().status == "Online"
    assert things(desk) == ONCE


@pytest.mark.parametrize("action", ["PutObject", "CreateService", "RegisterService", "LaunchService"])
def test_what_is_online_stays_as_it_was_when_a_publish_fails(online: Desk, action: str) -> None:
    def version_1(store: Store) -> object:
        (found,) = (s for s in store.services() if s.version == "1")
        return replace(found, ahead=(), reads=0)

    before = online.sandbox.in_server(version_1)
    online.service["ServiceInfo"][0]["ShortDescription"] = "一个用于测试的小服务，换了说法"
    online.files[".computenest/resources/icons/icon.png"] = "another picture"
    online.sandbox.inject(f"{action}=refuse")
    with pytest.raises(CloudRefused) as refused:
        online.publish()
    assert help_of(refused).startswith("what is online is as it was; ")
    assert online.sandbox.in_server(version_1) == before
    assert online.versions()["1"] == "Online"
    assert online.publish().version == "2"


def test_tags_that_fail_after_the_launch_are_said_to_be_missing(online: Desk) -> None:
    online.service["VersionName"] = "1.0.1"
    online.service["Tags"]["product"] = "another"
    online.sandbox.inject("TagResources=refuse")
    with pytest.raises(CloudRefused) as refused:
        online.publish()
    assert online.versions()["2"] == "Online"
    assert help_of(refused).startswith("version 2 is online; its tags are not all there yet; ")


@pytest.mark.parametrize(
    ("words", "action", "told"),
    [
        ("handed in", "GetService=refuse@2", "version 2 was launched, and it is not known yet whether it is online; "),
        ("tagged", "GetService=refuse", "version 2 is online; it has not been compared with what was sent; "),
    ],
)
def test_a_version_that_cannot_be_read_after_the_launch_is_named(
    online: Desk, words: str, action: str, told: str
) -> None:
    online.service["VersionName"] = "1.0.1"
    online.service["Tags"]["product"] = "another"

    def say(line: str) -> None:
        if words in line:
            online.sandbox.inject(action)

    with pytest.raises(CloudRefused) as refused:
        online.publish(say=say)
    assert refused.value.action == "GetService"
    assert online.versions()["2"] == "Online"
    assert help_of(refused).startswith(told)


@pytest.mark.parametrize("action", ["PutObject", "GetService", "ListServices"])
def test_newer_sources_that_fail_after_the_launch_are_said_to_be_missing(desk: Desk, action: str) -> None:
    desk.sandbox.review("manual")
    desk.publish()
    desk.sandbox.decide("Approved")
    desk.files[".computenest/resources/icons/icon.png"] = "another picture"

    def say(line: str) -> None:
        if "is online" in line:
            desk.sandbox.inject(f"{action}=refuse")

    with pytest.raises(CloudRefused) as refused:
        desk.publish(say=say)
    assert refused.value.action == action
    assert desk.versions()["1"] == "Online"
    assert help_of(refused).startswith("version 1 is online; the newer sources are not there yet; ")


def test_a_cloud_that_stays_busy_is_asked_five_times(desk: Desk) -> None:
    desk.inject("ListServices=throttle", times=len(PAUSES) + 1)
    with pytest.raises(CloudRefused, match=r"Throttling\.User") as refused:
        desk.publish()
    assert refused.value.exit_code == 4
    assert desk.waited == [max(pause, 1.0) for pause in PAUSES]  # the cloud asks for a second
    assert max(desk.waited) <= LONGEST_PAUSE
    assert len(desk.told) == len(PAUSES)
    assert desk.told[0].startswith("the cloud refused ListServices: Throttling.User: ")
    assert desk.told[0].endswith("; trying again in 1 s")


def test_a_cloud_out_of_reach_is_said_to_be(desk: Desk) -> None:
    cloud = desk.cloud_at("127.0.0.1:9")  # nobody listens on the discard port
    with pytest.raises(CloudUnreachable, match="the connection was refused") as unreachable:
        cloud.supplier.list_versions({"nestforge:service": "small"})
    assert (unreachable.value.exit_code, unreachable.value.action) == (4, "ListServices")
    assert unreachable.value.endpoint == "127.0.0.1:9"
    assert desk.waited == list(PAUSES)


@pytest.mark.parametrize("step", range(9))
def test_a_publish_that_is_interrupted_after_any_step_is_gone_on_with(desk: Desk, step: int) -> None:
    _interrupt(desk, step)
    assert desk.publish().status == "Online"
    assert things(desk) == ONCE
    assert desk.publish().changes == ()
    assert desk.sandbox.calls == ["ListServices", "GetService"]


@pytest.mark.parametrize("step", range(5))
def test_a_new_version_that_is_interrupted_after_any_step_is_gone_on_with(online: Desk, step: int) -> None:
    online.files[".computenest/resources/icons/icon.png"] = "another picture"
    _interrupt(online, step)
    assert online.publish().status == "Online"
    assert online.versions() == {"1": "Online", "2": "Online"}
    assert online.publish().changes == ()


@pytest.mark.parametrize("action", [a for a in FIRST_PUBLISH if not a.startswith(("List", "Get"))])
def test_a_publish_that_ends_before_it_hears_an_answer_is_gone_on_with(desk: Desk, action: str) -> None:
    desk.sandbox.inject(f"{action}=lose-reply")
    desk.wait = _interrupted
    with pytest.raises(KeyboardInterrupt):
        desk.publish()
    desk.wait = desk.waited.append
    assert desk.publish().status == "Online"
    assert things(desk) == ONCE


def test_a_publish_that_got_no_answer_at_all_is_gone_on_with(desk: Desk) -> None:
    desk.sandbox.inject("CreateService=lose-reply")
    desk.inject("CreateService=drop", times=len(PAUSES) + 1)
    with pytest.raises(CloudUnreachable, match="the connection ended before the answer"):
        desk.publish()
    assert desk.publish().status == "Online"
    assert things(desk) == ONCE


def help_of(refused: pytest.ExceptionInfo[CloudRefused]) -> str:
    return refused.value.help or ""


def _interrupted(seconds: float) -> None:
    raise KeyboardInterrupt


def _interrupt(desk: Desk, step: int) -> None:
    said = 0

    def say(line: str) -> None:
        nonlocal said
        said += 1
        if said > step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.publish(say=say)
