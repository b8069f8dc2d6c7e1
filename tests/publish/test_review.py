"""The review between a draft and its launch: where it takes its time, and where it says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.publish.desk import FILES, TEMPLATE, TEMPLATE_PATH

from nestforge.cloud.errors import CloudRefused
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


@pytest.mark.parametrize("action", ["PutObject", "GetUploadCredentials", "CreateArtifact", "ReleaseArtifact"])
def test_a_publish_that_fails_leaves_the_place_in_the_review(submitted: Desk, action: str) -> None:
    review = submitted.status().registration
    submitted.files[".computenest/resources/icons/icon.png"] = "another picture"
    submitted.files[".computenest/resources/artifact_resources/tools.tar.gz"] = "another archive"
    submitted.sandbox.inject(f"{action}=refuse")
    with pytest.raises(CloudRefused):
        submitted.publish()
    assert submitted.versions() == {"draft": "Submitted"}
    assert submitted.status().registration == review
    assert review is not None
    assert submitted.publish().registration_id != review.registration_id


def test_a_rejected_draft_is_not_handed_in_unchanged_after_a_failed_answer(submitted: Desk) -> None:
    submitted.sandbox.decide("Rejected", "no")
    submitted.service["VersionName"] = "1.0.1"
    submitted.files[".computenest/resources/icons/icon.png"] = "another picture"
    submitted.sandbox.inject("PutObject=refuse")
    with pytest.raises(CloudRefused):
        submitted.publish()
    submitted.service["VersionName"] = "1.0.0"
    submitted.files = dict(FILES)
    with pytest.raises(ReviewRejected):
        submitted.publish()
    assert submitted.count("RegisterService") == 0


def test_sources_that_go_back_to_what_was_rejected_are_not_handed_in(submitted: Desk) -> None:
    """The draft holds the answer already, and the sources no longer do."""
    submitted.sandbox.decide("Rejected", "no")
    submitted.service["VersionName"] = "1.0.1"
    submitted.sandbox.inject("RegisterService=refuse")
    with pytest.raises(CloudRefused):
        submitted.publish()
    submitted.service["VersionName"] = "1.0.0"
    with pytest.raises(ReviewRejected, match="no"):
        submitted.publish()
    assert submitted.count("RegisterService") == submitted.count("UpdateService") == 0


def test_a_changed_artifact_answers_a_rejection(submitted: Desk) -> None:
    submitted.sandbox.decide("Rejected", "the archive is damaged")
    submitted.sandbox.review("automatic")
    submitted.files[".computenest/resources/artifact_resources/tools.tar.gz"] = "another archive"
    assert submitted.publish().status == "Online"


def test_a_rejection_that_the_sources_cannot_answer_is_handed_in_again_when_asked(submitted: Desk) -> None:
    submitted.sandbox.decide("Rejected", "come back next week")
    submitted.sandbox.review("automatic")
    with pytest.raises(ReviewRejected) as rejected:
        submitted.publish()
    assert rejected.value.help is not None
    assert "publish --resubmit" in rejected.value.help
    done = submitted.publish(resubmit=True)
    assert (done.status, [c.action for c in done.changes]) == ("Online", ["register", "launch"])


def test_what_was_handed_in_is_noted_where_the_run_ended_before_it_did(desk: Desk) -> None:
    desk.sandbox.review("manual")
    desk.sandbox.inject("TagResources=refuse")
    with pytest.raises(CloudRefused):
        desk.publish()
    assert desk.versions() == {"draft": "Submitted"}
    assert [c.action for c in desk.publish().changes] == ["tag"]
    assert desk.publish().changes == ()


def test_a_rejection_of_what_somebody_else_handed_in_is_shown_too(submitted: Desk) -> None:
    supplier = submitted.cloud().supplier
    service_id = submitted.status().versions[0].service_id
    supplier.untag_service(service_id, ["nestforge:handed-in"])
    submitted.sandbox.decide("Rejected", "no")
    with pytest.raises(ReviewRejected):
        submitted.publish()
    submitted.service["VersionName"] = "1.0.1"
    assert submitted.publish().status == "Submitted"


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
