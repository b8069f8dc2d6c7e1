"""The flow on Alibaba Cloud, with the sandbox in its place: changes are agreed to, and a person reviews."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.cli.typist import Terminal, Typist

from nestforge.assemble.package_hash import package_hash
from nestforge.cli.rehearsed import JOURNAL
from nestforge.cloud import access

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import SandboxUnderTest

    from nestforge.model.service import Target

REPORT = Path("build") / "rehearsal" / "report.json"
CONSOLE = "https://computenest.console.aliyun.com"


class Supplier(Typist):
    """Types `nestforge publish --target aliyun-cn`, and answers what is asked; nothing is rehearsed before."""

    waiver: tuple[str, ...] = ("--without-rehearsal", "--reason", "a test")

    def publish(self, *options: str, answer: str | None = None) -> int:
        """Return the exit code."""
        self.sandbox.forget_calls()
        stdin = Terminal(answer) if answer is not None else None
        return self.types("publish", "--target", "aliyun-cn", *self.waiver, *options, stdin=stdin)

    @property
    def changed_something(self) -> bool:
        """Whether the last run made a call that does more than look."""
        return not all(action.startswith(("List", "Get")) for action in self.sandbox.calls)


@pytest.fixture
def supplier(
    sandbox: SandboxUnderTest, untouched: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Supplier:
    """Give a supplier with a project, whose target answers as the sandbox does and is reviewed by a person."""

    def sandbox_instead(target: Target) -> access.Access:
        return access.sandbox_access(target, sandbox.endpoint, sandbox.access_key_id, sandbox.access_key_secret)

    monkeypatch.setattr(access, "alibaba_cloud_access", sandbox_instead)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    sandbox.review("manual")
    return Supplier(untouched, sandbox, capsys)


def test_a_person_reviews_and_the_same_command_goes_on(supplier: Supplier) -> None:
    assert supplier.publish("--yes") == 0
    assert "submitted: service-" in supplier.said
    assert "run the same command when it is decided" in supplier.said
    assert f"deploy it:  {CONSOLE}/service/instance/create/cn-hangzhou?type=user&ServiceId=service-" in supplier.said
    assert supplier.publish("--yes") == 0
    assert "submitted: service-" in supplier.said
    assert not supplier.changed_something
    supplier.sandbox.decide("Approved")
    assert supplier.publish("--yes") == 0
    assert "online: service-" in supplier.said
    assert supplier.publish() == 0  # nothing to agree to
    assert "nothing to do" in supplier.said


def test_a_rejection_ends_with_4_and_the_comment(supplier: Supplier) -> None:
    supplier.publish("--yes")
    supplier.sandbox.decide("Rejected", "the description promises too much")
    assert supplier.publish("--yes") == 4
    assert "rejected this version: the description promises too much" in supplier.told
    assert "help: change the sources accordingly, then publish again" in supplier.told


def test_without_a_terminal_nothing_is_done_unless_it_was_agreed_to(supplier: Supplier) -> None:
    assert supplier.publish() == 2
    assert "create service deepseek-dual-ecs" in supplier.said
    assert "agree beforehand with --yes" in supplier.told
    assert not supplier.changed_something


@pytest.mark.parametrize("answer", ["n\n", "\n", ""])
def test_a_person_who_does_not_agree_is_obeyed(supplier: Supplier, answer: str) -> None:
    assert supplier.publish("--quiet", answer=answer) == 2
    assert "create service deepseek-dual-ecs" in supplier.said  # what is asked is shown, however quiet
    assert "the changes were not agreed to, and not made" in supplier.told
    assert not supplier.changed_something


def test_a_person_who_agrees_gets_exactly_the_changes_shown(supplier: Supplier) -> None:
    assert supplier.publish(answer="y\n") == 0
    assert "submitted" in supplier.said
    shown = [line for line in supplier.said.splitlines() if line.startswith("  upload file ")]
    assert len(shown) == supplier.sandbox.uploads > 0


class Rehearsing(Supplier):
    """One who publishes what was rehearsed."""

    waiver = ()

    def report(self, **facts: object) -> None:
        """Write a report of the package as it is built, with some facts changed."""
        path = self.project / REPORT
        path.parent.mkdir(parents=True, exist_ok=True)
        told = {"package": self.package, "tier": "hosts", "passed": True, "began": "2026-11-24T10:00:00Z", **facts}
        path.write_text(json.dumps(told))

    @property
    def package(self) -> str:
        """The hash of the package, built now."""
        assert self.types("build") == 0
        return package_hash(self.project / "build" / "package")

    @property
    def journal(self) -> list[dict[str, str]]:
        """What is on record."""
        return [json.loads(line) for line in (self.project / ".nestforge" / JOURNAL).read_text().splitlines()]


@pytest.fixture
def rehearsing(supplier: Supplier, capsys: pytest.CaptureFixture[str]) -> Iterator[Rehearsing]:
    """Give one who rehearses; the report goes with the test, the project is everybody's."""
    someone = Rehearsing(supplier.project, supplier.sandbox, capsys)
    yield someone
    (someone.project / REPORT).unlink(missing_ok=True)


def test_what_passed_its_rehearsal_is_published(rehearsing: Rehearsing) -> None:
    rehearsing.report()
    assert rehearsing.publish("--yes") == 0
    assert rehearsing.journal[-1]["rehearsed"] == "2026-11-24T10:00:00Z"
    assert rehearsing.journal[-1]["package"] == rehearsing.package


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"package": "0" * 64}, "is about another package"),
        ({"tier": "dry"}, "is of stand-ins alone"),
        ({"passed": False}, "it did not pass"),
        ({"passed": "yes"}, "it did not pass"),
    ],
    ids=["another-package", "dry", "failed", "no-boolean"],
)
def test_what_was_not_rehearsed_is_not_published(rehearsing: Rehearsing, facts: dict[str, object], why: str) -> None:
    rehearsing.report(**facts)
    assert rehearsing.publish("--yes") == 1
    assert why in rehearsing.told
    assert "rehearse it: nestforge rehearse" in rehearsing.told
    assert rehearsing.sandbox.calls == []


def test_without_a_readable_report_nothing_is_published(rehearsing: Rehearsing) -> None:
    assert rehearsing.publish("--yes") == 1
    assert f"there is no {rehearsing.project / REPORT}" in rehearsing.told
    rehearsing.report()
    (rehearsing.project / REPORT).write_text("{")
    assert rehearsing.publish("--yes") == 1
    assert "cannot be read" in rehearsing.told


def test_a_waiver_needs_a_reason_which_goes_on_record(rehearsing: Rehearsing) -> None:
    assert rehearsing.publish("--yes", "--without-rehearsal") == 2
    assert rehearsing.publish("--yes", "--reason", "hurry") == 2
    assert "--without-rehearsal and --reason TEXT belong together" in rehearsing.told
    assert rehearsing.publish("--yes", "--without-rehearsal", "--reason", "only a text changed") == 0
    assert rehearsing.journal[-1]["without_rehearsal"] == "only a text changed"
    assert rehearsing.journal[-1]["target"] == "aliyun-cn"
