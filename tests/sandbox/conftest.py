"""Hold every answer of every test here against the SDK's own response models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from alibabacloud_computenest20210601 import models as user_models
from alibabacloud_computenestsupplier20210521 import models as supplier_models
from alibabacloud_ros20190910 import models as ros_models

from nestforge.sandbox.operations.table import OPERATIONS, ROS, SUPPLIER, USER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import SandboxUnderTest

_MODELS = {SUPPLIER: supplier_models, USER: user_models, ROS: ros_models}


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
            models = next(models for version, models in _MODELS.items() if call.action in OPERATIONS[version])
            body: Any = getattr(models, name)
            read = body().from_map(call.reply).to_map()
            assert _without_what_is_empty(read) == _without_what_is_empty(call.reply), call.action


def _without_what_is_empty(value: object) -> object:
    """Leave out what the SDK makes of a list or a map that was not answered."""
    if isinstance(value, dict):
        return {name: _without_what_is_empty(item) for name, item in value.items() if item not in ([], {})}
    return [_without_what_is_empty(item) for item in value] if isinstance(value, list) else value
