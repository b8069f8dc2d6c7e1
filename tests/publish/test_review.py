"""The review between a draft and its launch: where it takes its time, and where it says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.publish.desk import TEMPLATE, TEMPLATE_PATH

from nestforge.publish.errors import CriterionNotMet, ReviewRejected

if TYPE_CHECKING:
    from tests.publish.desk import Desk


@pytest.fixture
def submitted(desk: Desk) -> Desk:
    """Give a desk whose package waits for a person's review."""
    desk.sandbox.review("manual")
    desk.publish()
    return desk


def test_publish_ends_at_submitted_where_a_person_reviews(desk: Desk) -> None:
    desk.sandbox.review("manual")
    done = desk.publish()
    assert (done.status, done.version) == ("Submitted", "draft")
    assert done.registration_id
    assert desk.count("LaunchService") == 0
    assert desk.versions() == {"draft": "Submitted"}


def test_publish_again_during_the_review_changes_nothing(submitted: Desk) -> None:
    before = submitted.status().registration
    done = submitted.publish()
    assert (done.status, done.changes, submitted.sandbox.uploads) == ("Submitted", (), 0)
    assert before is not None
    assert done.registration_id == before.registration_id
    assert submitted.sandbox.calls == ["ListServices", "GetService", "GetServiceRegistration"]


def test_publish_goes_on_once_it_is_approved(submitted: Desk) -> None:
    submitted.sandbox.decide("Approved")
    done = submitted.publish()
    assert (done.status, done.version) == ("Online", "1")
    assert [c.action for c in done.changes] == ["launch"]
    assert submitted.count("RegisterService") == 0
    assert submitted.publish().changes == ()


def test_what_was_approved_is_launched_before_newer_sources_follow(submitted: Desk) -> None:
    submitted.sandbox.decide("Approved")
    submitted.sandbox.review("automatic")
    submitted.service["VersionName"] = "1.0.1"
    assert submitted.publish().version == "2"
    assert [(v.version, v.version_name) for v in submitted.status().versions] == [("1", "1.0.0"), ("2", "1.0.1")]


def test_sources_that_change_during_the_review_are_handed_in_anew(submitted: Desk) -> None:
    submitted.service["VersionName"] = "1.0.1"
    done = submitted.publish()
    assert done.status == "Submitted"
    assert [c.action for c in done.changes] == ["cancel", "update", "register", "launch"]
    registrations = submitted.sandbox.in_server(lambda store: [r.status for r in store.registrations()])
    assert sorted(registrations) == ["Canceled", "Submitted"]
    assert submitted.versions() == {"draft": "Submitted"}


def test_a_rejection_shows_the_comment_and_what_to_do_until_the_sources_answer_it(submitted: Desk) -> None:
    submitted.sandbox.decide("Rejected", "the icon is not yours")
    with pytest.raises(ReviewRejected, match="the icon is not yours"):
        submitted.publish()
    with pytest.raises(ReviewRejected, match="the icon is not yours") as rejected:
        submitted.publish()
    assert submitted.count("RegisterService") == 0
    assert rejected.value.exit_code == 4
    assert rejected.value.help is not None
    assert "change the sources" in rejected.value.help
    submitted.files[".computenest/resources/icons/icon.png"] = "our own picture"
    submitted.sandbox.review("automatic")
    assert submitted.publish().status == "Online"
    assert submitted.versions() == {"1": "Online"}


def test_a_rejected_version_leaves_the_one_before_online(online: Desk) -> None:
    online.sandbox.review("manual")
    online.service["VersionName"] = "1.0.1"
    online.publish()
    online.sandbox.decide("Rejected", "no")
    with pytest.raises(ReviewRejected):
        online.publish()
    assert online.versions() == {"1": "Online", "draft": "Draft"}


def test_an_answer_to_a_rejection_that_is_interrupted_is_not_taken_for_the_rejected_one(submitted: Desk) -> None:
    submitted.sandbox.decide("Rejected", "no")
    submitted.sandbox.review("automatic")
    submitted.service["VersionName"] = "1.0.1"

    def say(line: str) -> None:
        if "the draft is changed" in line:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        submitted.publish(say=say)
    assert submitted.publish().status == "Online"


def test_a_draft_that_breaks_a_criterion_is_not_handed_in(desk: Desk) -> None:
    parameter = "Parameters:\n  Password: {Type: String, Default: hunter2}\nResources:"
    desk.files[TEMPLATE_PATH] = TEMPLATE.replace("Resources:", parameter)
    with pytest.raises(CriterionNotMet) as broken:
        desk.publish()
    assert broken.value.exit_code == 4
    assert broken.value.details
    assert all("Password" in str(detail) for detail in broken.value.details)
    assert desk.count("RegisterService") == 0
    desk.files[TEMPLATE_PATH] = TEMPLATE
    assert desk.publish().status == "Online"
    assert desk.versions() == {"1": "Online"}
