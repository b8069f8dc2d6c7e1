"""Which operation answers which action of which API version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.operations.cancel_service_registration import cancel_service_registration
from nestforge.sandbox.operations.create_artifact import create_artifact
from nestforge.sandbox.operations.create_service import create_service
from nestforge.sandbox.operations.delete_artifact import delete_artifact
from nestforge.sandbox.operations.delete_service import delete_service
from nestforge.sandbox.operations.get_artifact import get_artifact
from nestforge.sandbox.operations.get_artifact_repository_credentials import (
    get_artifact_repository_credentials,
)
from nestforge.sandbox.operations.get_service import get_service
from nestforge.sandbox.operations.get_service_registration import get_service_registration
from nestforge.sandbox.operations.get_service_template_criterion_issues import (
    get_service_template_criterion_issues,
)
from nestforge.sandbox.operations.get_upload_credentials import get_upload_credentials
from nestforge.sandbox.operations.launch_service import launch_service
from nestforge.sandbox.operations.list_artifact_versions import list_artifact_versions
from nestforge.sandbox.operations.list_artifacts import list_artifacts
from nestforge.sandbox.operations.list_service_registrations import list_service_registrations
from nestforge.sandbox.operations.list_service_test_cases import list_service_test_cases
from nestforge.sandbox.operations.list_services import list_services
from nestforge.sandbox.operations.pre_launch_service import pre_launch_service
from nestforge.sandbox.operations.register_service import register_service
from nestforge.sandbox.operations.release_artifact import release_artifact
from nestforge.sandbox.operations.tag_resources import tag_resources
from nestforge.sandbox.operations.un_tag_resources import un_tag_resources
from nestforge.sandbox.operations.update_artifact import update_artifact
from nestforge.sandbox.operations.update_service import update_service
from nestforge.sandbox.operations.validate_template import validate_template
from nestforge.sandbox.operations.withdraw_service import withdraw_service

if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.sandbox.call import Call

SUPPLIER = "2021-05-21"
ROS = "2019-09-10"

OPERATIONS: dict[str, dict[str, Callable[[Call], dict[str, object]]]] = {
    SUPPLIER: {
        "CancelServiceRegistration": cancel_service_registration,
        "CreateArtifact": create_artifact,
        "CreateService": create_service,
        "DeleteArtifact": delete_artifact,
        "DeleteService": delete_service,
        "GetArtifact": get_artifact,
        "GetArtifactRepositoryCredentials": get_artifact_repository_credentials,
        "GetService": get_service,
        "GetServiceRegistration": get_service_registration,
        "GetServiceTemplateCriterionIssues": get_service_template_criterion_issues,
        "GetUploadCredentials": get_upload_credentials,
        "LaunchService": launch_service,
        "ListArtifactVersions": list_artifact_versions,
        "ListArtifacts": list_artifacts,
        "ListServiceRegistrations": list_service_registrations,
        "ListServiceTestCases": list_service_test_cases,
        "ListServices": list_services,
        "PreLaunchService": pre_launch_service,
        "RegisterService": register_service,
        "ReleaseArtifact": release_artifact,
        "TagResources": tag_resources,
        "UnTagResources": un_tag_resources,
        "UpdateArtifact": update_artifact,
        "UpdateService": update_service,
        "WithdrawService": withdraw_service,
    },
    ROS: {"ValidateTemplate": validate_template},
}
