"""What the cloud answers when it refuses, with its wire code."""

from __future__ import annotations


class ApiError(Exception):
    """A refusal: HTTP status, `Code` and `Message` of the JSON body."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


def missing(parameter: str) -> ApiError:
    """A parameter that the operation needs is not there."""
    return ApiError(400, f"Missing{parameter}", f"{parameter} is mandatory for this action.")


def invalid(parameter: str, why: str) -> ApiError:
    """A parameter has a value that the operation does not take."""
    return ApiError(400, f"InvalidParameter.{parameter}", f"The specified parameter {parameter} is invalid: {why}")


def not_found(kind: str, identity: str) -> ApiError:
    """The entity that a parameter names does not exist."""
    return ApiError(404, f"EntityNotExist.{kind}", f"The {kind} {identity} does not exist.")


def wrong_status(kind: str, identity: str, status: str, needed: str) -> ApiError:
    """The entity is in a state that the operation does not accept. The code's spelling is [assumed]."""
    return ApiError(
        409, f"OperationDenied.{kind}Status", f"{kind} {identity} is {status}; the operation needs {needed}."
    )
