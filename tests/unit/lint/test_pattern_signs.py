from __future__ import annotations

import pytest

from nestforge.lint.pattern_signs import signs_allowed


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"^[0-9A-Za-z_-]{8,30}$", ""),
        (r"^[0-9A-Za-z!$]+$", "$"),
        (r"^(?=.*[$&])(?!.*')[a-z&]{1,9}$", "&"),
        (r"^\w+(-\w+)*$", ""),
        (r"^a\$b$", "$"),
        (r"^sk-\S+$", "$&'"),
        (r"^.{8}$", "$&' "),
        (r"^[^']+$", "$& "),
        (r"^[a-z]+", "$&' "),
        (r"^[a-z]\$", "$&' "),
        (r"^(a+)+[a-z&&[^b]]$", "&"),
        (r"^[z-a]$", ""),
    ],
)
def test_the_signs_are_those_of_the_classes_outside_of_lookarounds(pattern: str, expected: str) -> None:
    assert signs_allowed(pattern, "$&' ") == expected
