from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nestforge.cloud.errors import CloudBusy, CloudRefused, CloudUnreachable, FieldUnknown, NoCredentials

if TYPE_CHECKING:
    from nestforge.model.errors import NestforgeError


def test_a_refusal_without_a_request_id_says_so() -> None:
    refused = CloudRefused("LaunchService", "Forbidden", "no", "")
    assert refused.message == "the cloud refused LaunchService: Forbidden: no (request id not given)"


def test_a_very_long_message_is_cut_and_the_request_id_stays() -> None:
    refused = CloudRefused("LaunchService", "Forbidden", "x" * 100_000, "7-7")
    assert len(refused.message) < 1000
    assert refused.message.endswith("… (request id 7-7)")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (CloudRefused("A", "b", "c", "d"), 4),
        (CloudBusy("A", "b", "c", "d"), 4),
        (CloudUnreachable("A", "b", "c"), 4),
        (NoCredentials(), 4),
        (FieldUnknown("A", ("b",)), 1),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_exit_code_says_whose_fault_it_is(error: NestforgeError, code: int) -> None:
    assert error.exit_code == code
    assert error.help
