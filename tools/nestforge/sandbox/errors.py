"""What the cloud answers when it refuses, with its wire code.

Codes without a mark are in Alibaba Cloud's documentation or in the published sources of its tools;
those marked [assumed] are spelled after them.
"""

from __future__ import annotations


class ApiError(Exception):
    """A refusal: HTTP status, `Code` and `Message` of the JSON body."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


def missing(parameter: str) -> ApiError:
    """Report a parameter that the operation needs and did not get."""
    return ApiError(400, f"Missing{parameter}", f"{parameter} is mandatory for this action.")


def invalid(parameter: str, why: str) -> ApiError:
    """Report a parameter with a value that the operation does not take. The suffixes are [assumed]."""
    return ApiError(400, f"InvalidParameter.{parameter}", f"The specified parameter {parameter} is invalid: {why}")


def not_found(kind: str, identity: str) -> ApiError:
    """Report an entity that does not exist: Service, Artifact, ArtifactVersion; other kinds are [assumed]."""
    return ApiError(404, f"EntityNotExist.{kind}", f"The {kind} {identity} does not exist.")


def already_exists(kind: str, identity: str) -> ApiError:
    """Report an entity that is there already. The code is [assumed]."""
    return ApiError(409, f"EntityAlreadyExists.{kind}", f"The {kind} {identity} already exists.")


def wrong_status(kind: str, identity: str, status: str, needed: str) -> ApiError:
    """Report an entity in a state that the operation does not accept. The code is [assumed]."""
    return ApiError(
        409, f"OperationDenied.{kind}Status", f"{kind} {identity} is {status}; the operation needs {needed}."
    )


def in_use(kind: str, identity: str, user: str) -> ApiError:
    """Report an entity that something else still needs. The code is [assumed]."""
    return ApiError(409, f"OperationDenied.{kind}InUse", f"{kind} {identity} is used by {user}.")


def not_emulated(what: str) -> ApiError:
    """Say that Alibaba Cloud knows something which the sandbox does not. The sandbox's own code."""
    return ApiError(501, "UnsupportedOperation", f"The sandbox does not emulate {what}; Alibaba Cloud has it.")


def stack_not_found(stack_id: str) -> ApiError:
    """Report a stack that does not exist.

    Code and message: the functional tests of aliyun-java-sdk-core, DeleteStack of the older API 2015-09-01. They are
    OpenStack Heat's to the letter; that the API of 2019 kept them, and the HTTP status, Heat's, is [assumed].
    """
    return ApiError(404, "StackNotFound", f"The Stack ({stack_id}) could not be found.")


def stack_exists(name: str) -> ApiError:
    """Report a stack of a name that there is already: as Heat says it [assumed]."""
    return ApiError(409, "StackExists", f"The Stack ({name}) already exists.")


def action_in_progress(name: str, action: str) -> ApiError:
    """Report a stack that is busy: as Heat says it [assumed]."""
    return ApiError(409, "ActionInProgress", f"Stack {name} already has an action ({action}) in progress.")
