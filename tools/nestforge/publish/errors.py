"""What keeps a service from being published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.model.errors import NestforgeError

if TYPE_CHECKING:
    from nestforge.cloud.supplier import CriterionIssue


class PackageUnusable(NestforgeError):
    """The package lacks what its config.yaml names, or has no service in it."""

    def __init__(self, why: str) -> None:
        super().__init__(f"the package cannot be published: {why}", help="make it anew with `nestforge build`")


class AmbiguousIdentity(NestforgeError):
    """Several things on the target carry the tag that must be one's own."""

    exit_code = 4

    def __init__(self, tag: str, identities: tuple[str, ...]) -> None:
        super().__init__(
            f"several things on the target carry the tag {tag}: {', '.join(identities)}",
            help="take the tag off all but the one that is meant; nothing was changed",
        )


class StillBusy(NestforgeError):
    """The cloud has not finished in the time that is waited."""

    exit_code = 4

    def __init__(self, what: str, status: str, seconds: float) -> None:
        super().__init__(
            f"{what} is still {status} after {seconds:.0f} s",
            help="the cloud goes on by itself; run the same command later, it goes on from there",
        )


class FailedOnTarget(NestforgeError):
    """The cloud took the call, and failed later."""

    exit_code = 4

    def __init__(self, what: str, status: str, detail: str) -> None:
        super().__init__(
            f"{what} is {status}: {detail or 'the cloud gives no cause'}",
            help="mend the cause, then publish again",
        )


class CriterionNotMet(NestforgeError):
    """The cloud's own check finds in the draft what its review refuses."""

    exit_code = 4

    def __init__(self, service_id: str, issues: tuple[CriterionIssue, ...]) -> None:
        super().__init__(
            f"the cloud's check of {service_id} finds {len(issues)} mandatory "
            f"{'issue' if len(issues) == 1 else 'issues'}; the draft was not handed in",
            help="mend the template at the places named, then publish again: the same draft is used",
        )
        self.details = tuple(f"{i.template}: {i.position}: {i.type}" for i in issues)


class ReviewRejected(NestforgeError):
    """The review refused what the sources still say."""

    exit_code = 4

    def __init__(self, registration_id: str, comment: str) -> None:
        super().__init__(
            f"the review {registration_id} rejected this version: {comment or 'without a comment'}",
            help="change the sources accordingly, then publish again: the draft is updated and handed in anew; "
            "if it has nothing to do with the sources: nestforge publish --resubmit",
        )


class ReadBackDiffers(NestforgeError):
    """After all calls went well, the cloud does not hold what was sent."""

    exit_code = 4

    def __init__(self, service_id: str, differences: tuple[str, ...]) -> None:
        super().__init__(
            f"{service_id} does not hold what was sent: {len(differences)} "
            f"{'field differs' if len(differences) == 1 else 'fields differ'}",
            help="publish again; if it stays so, the target treats these fields in a way of its own",
        )
        self.details = differences


class NotConfirmed(NestforgeError):
    """The changes were shown, and not agreed to."""

    exit_code = 2

    def __init__(self, *, asked: bool) -> None:
        super().__init__(
            "the changes were not agreed to, and not made" if asked else "there are changes, and no terminal to ask on",
            help=None if asked else "agree beforehand with --yes",
        )


class RemoteMoved(NestforgeError):
    """Somebody else changed the service while the plan waited for an answer."""

    exit_code = 4

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} has changed on the target since the changes were shown; they were not made",
            help="publish again to see what is to be done now",
        )
