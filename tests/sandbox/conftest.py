"""Hold every answer of every test here against the SDK's own response models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from alibabacloud_computenestsupplier20210521 import models as supplier_models
from alibabacloud_ros20190910 import models as ros_models

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import SandboxUnderTest


@pytest.fixture(autouse=True)
def answers_fit_the_sdk(request: pytest.FixtureRequest) -> Iterator[None]:
    """A field that the SDK does not know, or knows in another shape, is one that nobody can read."""
    if "sandbox" not in request.fixturenames:
        yield
        return
    sandbox: SandboxUnderTest = request.getfixturevalue("sandbox")
    yield
    for call in sandbox.log:
        if call.status == 200 and not call.action.endswith("Object"):
            name = f"{call.action}ResponseBody"
            body: Any = getattr(supplier_models, name, None) or getattr(ros_models, name)
            read = body().from_map(call.reply).to_map()
            assert _without_empty_lists(read) == _without_empty_lists(call.reply), call.action


def _without_empty_lists(value: object) -> object:
    """Leave out what the SDK makes of a list that was not answered."""
    if isinstance(value, dict):
        return {name: _without_empty_lists(item) for name, item in value.items() if item != []}
    return [_without_empty_lists(item) for item in value] if isinstance(value, list) else value
