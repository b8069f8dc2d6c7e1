"""The flow on Alibaba Cloud, with the sandbox in its place: changes are agreed to, and a person reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.cli.typist import Terminal, Typist

from nestforge.cloud import access

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import SandboxUnderTest

    from nestforge.model.service import Target

CONSOLE = "https://computenest.console.aliyun.com"


class Supplier(Typist):
    """Types `nestforge publish --target aliyun-cn`, and answers what is asked."""

    def publish(self, *options: str, answer: str | None = None) -> int:
        """Return the exit code."""
        self.sandbox.forget_calls()
        stdin = Terminal(answer) if answer is not None else None
        return self.types("publish", "--target", "aliyun-cn", *options, stdin=stdin)

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
