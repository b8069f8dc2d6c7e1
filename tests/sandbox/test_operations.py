"""Which operations the sandbox has, and what it says of those that it has not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from alibabacloud_computenest20210601 import models as user_models
from alibabacloud_computenestsupplier20210521 import models as supplier_models
from alibabacloud_ros20190910 import models as ros_models
from Tea.exceptions import TeaException
from tests.sandbox.official_sdk import REGION, Supplier, ros_client, supplier_client, user_client

from nestforge.sandbox.operation_names import NAMES
from nestforge.sandbox.operations.table import OPERATIONS, ROS, SUPPLIER, USER

if TYPE_CHECKING:
    from tests.conftest import SandboxUnderTest

# What publishing needs.
NEEDED = {
    "CancelServiceRegistration",
    "CreateArtifact",
    "CreateService",
    "DeleteArtifact",
    "DeleteService",
    "GetArtifact",
    "GetArtifactRepositoryCredentials",
    "GetService",
    "GetServiceRegistration",
    "GetServiceTemplateCriterionIssues",
    "GetUploadCredentials",
    "LaunchService",
    "ListArtifactVersions",
    "ListArtifacts",
    "ListServiceTestCases",
    "ListServices",
    "PreLaunchService",
    "RegisterService",
    "ReleaseArtifact",
    "UpdateArtifact",
    "UpdateService",
    "WithdrawService",
}

# The SDK signs no request for it.
ANONYMOUS = {"ListPublicSkills"}


def test_what_publishing_needs_is_there_and_the_sdk_knows_all_that_is_there() -> None:
    assert set(OPERATIONS[SUPPLIER]) >= NEEDED
    assert set(OPERATIONS[ROS]) >= {"ValidateTemplate", "CreateStack", "GetStack", "ListStackEvents", "DeleteStack"}
    assert set(OPERATIONS[USER]) >= {"CreateServiceInstance", "GetServiceInstance", "DeleteServiceInstances"}
    for version, operations in OPERATIONS.items():
        assert set(operations) <= set(NAMES[version])


@pytest.mark.parametrize(("version", "models"), [(SUPPLIER, supplier_models), (USER, user_models), (ROS, ros_models)])
def test_an_operation_that_the_sandbox_has_not_is_named(sandbox: SandboxUnderTest, version: str, models: Any) -> None:
    client = {SUPPLIER: supplier_client, USER: user_client, ROS: ros_client}[version](sandbox)
    absent = sorted(set(NAMES[version]) - set(OPERATIONS[version]) - ANONYMOUS)
    assert absent
    methods = {method.replace("_", ""): method for method in dir(client)}
    for name in absent:
        request = getattr(models, f"{name}Request", None)
        method = getattr(client, methods[name.lower()])
        with pytest.raises(TeaException) as caught:
            method(request()) if request else method()
        assert (caught.value.code, caught.value.status_code) == ("UnsupportedOperation", 501), name
        assert f"does not emulate {name};" in caught.value.message


def test_no_service_has_test_cases(sandbox: SandboxUnderTest) -> None:
    supplier = Supplier(sandbox)
    service_id = supplier.draft()
    answer = supplier.list_service_test_cases(service_id=service_id, service_version="draft")
    assert (answer.data, answer.total_count) == ([], 0)


def test_a_bug_is_answered_as_one_and_the_next_call_is_answered(
    sandbox: SandboxUnderTest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from nestforge.sandbox.operations.table import Operation

    monkeypatch.setitem(OPERATIONS[SUPPLIER], "ListServices", Operation(lambda call: {"Services": 1 // 0}))
    supplier = Supplier(sandbox)
    with pytest.raises(TeaException) as caught:
        supplier.list_services(region_id=REGION)
    assert (caught.value.code, caught.value.status_code) == ("InternalError", 500)
    assert "a bug of the sandbox, ZeroDivisionError; see its server.log" in caught.value.message
    assert "a bug in ListServices" in caplog.text
    assert supplier.list_artifacts().total_count == 0
