from __future__ import annotations

import pytest

from nestforge.cloud.masked import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("x-acs-security-token:abc\nx-acs-version:1", "x-acs-security-token:***\nx-acs-version:1"),
        ("SecurityToken=a%2Fb&Version=1", "SecurityToken=***&Version=1"),
        ('{"AccessKeySecret": "abc", "Id": 7}', '{"AccessKeySecret": "***", "Id": 7}'),
        ("{'access_key': 1, 'security-token' = 'abc'}", "{'access_key': 1, 'security-token' = '***'}"),
        ("<SecurityToken>", "<SecurityToken>"),
        ("ACCESS-KEY-SECRET = one; ACCESS-KEY-SECRET = two", "ACCESS-KEY-SECRET = ***; ACCESS-KEY-SECRET = ***"),
        ("the SecurityToken you gave is not known", "the SecurityToken you gave is not known"),
        ("", ""),
    ],
)
def test_values_of_secrets_are_hidden_and_nothing_else(text: str, shown: str) -> None:
    assert masked(text) == shown
