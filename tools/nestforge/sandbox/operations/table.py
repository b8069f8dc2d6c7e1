"""Which operation answers which action of which API version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.sandbox.operations.cancel_service_registration import cancel_service_registration
from nestforge.sandbox.operations.check_service_deployable import check_service_deployable
from nestforge.sandbox.operations.continue_deploy_service_instance import continue_deploy_service_instance
from nestforge.sandbox.operations.create_artifact import create_artifact
from nestforge.sandbox.operations.create_service import create_service
from nestforge.sandbox.operations.create_service_instance import create_service_instance
from nestforge.sandbox.operations.create_stack import create_stack
from nestforge.sandbox.operations.delete_artifact import delete_artifact
from nestforge.sandbox.operations.delete_service import delete_service
from nestforge.sandbox.operations.delete_service_instances import delete_service_instances
from nestforge.sandbox.operations.delete_stack import delete_stack
from nestforge.sandbox.operations.get_artifact import get_artifact
from nestforge.sandbox.operations.get_artifact_repository_credentials import get_artifact_repository_credentials
from nestforge.sandbox.operations.get_service import get_service
from nestforge.sandbox.operations.get_service_estimate_cost import get_service_estimate_cost
from nestforge.sandbox.operations.get_service_instance import get_service_instance
from nestforge.sandbox.operations.get_service_registration import get_service_registration
from nestforge.sandbox.operations.get_service_template_criterion_issues import get_service_template_criterion_issues
from nestforge.sandbox.operations.get_stack import get_stack
from nestforge.sandbox.operations.get_stack_resource import get_stack_resource
from nestforge.sandbox.operations.get_upload_credentials import get_upload_credentials
from nestforge.sandbox.operations.launch_service import launch_service
from nestforge.sandbox.operations.list_artifact_versions import list_artifact_versions
from nestforge.sandbox.operations.list_artifacts import list_artifacts
from nestforge.sandbox.operations.list_service_instances import list_service_instances
from nestforge.sandbox.operations.list_service_registrations import list_service_registrations
from nestforge.sandbox.operations.list_service_test_cases import list_service_test_cases
from nestforge.sandbox.operations.list_services import list_services
from nestforge.sandbox.operations.list_stack_events import list_stack_events
from nestforge.sandbox.operations.list_stack_resources import list_stack_resources
from nestforge.sandbox.operations.list_tag_resources import list_tag_resources
from nestforge.sandbox.operations.pre_launch_service import pre_launch_service
from nestforge.sandbox.operations.preview_stack import preview_stack
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
USER = "2021-06-01"
ROS = "2019-09-10"


@dataclass(frozen=True, slots=True)
class Operation:
    """What performs an action, and the parameters that the SDK's documentation calls required."""

    perform: Callable[[Call], dict[str, object]]
    needs: tuple[str, ...] = ()


OPERATIONS: dict[str, dict[str, Operation]] = {
    SUPPLIER: {
        "CancelServiceRegistration": Operation(cancel_service_registration, ("RegionId", "RegistrationId")),
        "CreateArtifact": Operation(create_artifact, ("ArtifactType", "Name", "VersionName")),
        "CreateService": Operation(create_service, ("RegionId", "DeployType")),
        "DeleteArtifact": Operation(delete_artifact, ("ArtifactId",)),
        "DeleteService": Operation(delete_service, ("RegionId", "ServiceId", "ServiceVersion")),
        "GetArtifact": Operation(get_artifact),
        "GetArtifactRepositoryCredentials": Operation(get_artifact_repository_credentials, ("ArtifactType",)),
        "GetService": Operation(get_service),
        "GetServiceRegistration": Operation(get_service_registration, ("RegionId",)),
        "GetServiceTemplateCriterionIssues": Operation(get_service_template_criterion_issues, ("ServiceId",)),
        "GetUploadCredentials": Operation(get_upload_credentials, ("FileName",)),
        "LaunchService": Operation(launch_service, ("RegionId", "ServiceId", "ServiceVersion")),
        "ListArtifactVersions": Operation(list_artifact_versions, ("ArtifactId",)),
        "ListArtifacts": Operation(list_artifacts),
        "ListServiceRegistrations": Operation(list_service_registrations, ("RegionId",)),
        "ListServiceTestCases": Operation(list_service_test_cases),
        "ListServices": Operation(list_services, ("RegionId",)),
        "ListTagResources": Operation(list_tag_resources, ("RegionId", "ResourceType")),
        "PreLaunchService": Operation(pre_launch_service, ("RegionId", "ServiceId")),
        "RegisterService": Operation(register_service, ("RegionId", "ServiceId")),
        "ReleaseArtifact": Operation(release_artifact, ("ArtifactId",)),
        "TagResources": Operation(tag_resources, ("RegionId", "ResourceId", "ResourceType")),
        "UnTagResources": Operation(un_tag_resources, ("RegionId", "ResourceId", "ResourceType")),
        "UpdateArtifact": Operation(update_artifact, ("ArtifactId",)),
        "UpdateService": Operation(update_service, ("RegionId", "ServiceId")),
        "WithdrawService": Operation(withdraw_service, ("RegionId", "ServiceId", "ServiceVersion")),
    },
    USER: {
        "CheckServiceDeployable": Operation(check_service_deployable, ("ServiceId",)),
        "ContinueDeployServiceInstance": Operation(continue_deploy_service_instance, ("RegionId", "ServiceInstanceId")),
        "CreateServiceInstance": Operation(create_service_instance, ("RegionId", "ServiceId")),
        "DeleteServiceInstances": Operation(delete_service_instances, ("RegionId", "ServiceInstanceId")),
        "GetServiceEstimateCost": Operation(get_service_estimate_cost, ("ServiceId",)),
        "GetServiceInstance": Operation(get_service_instance, ("RegionId",)),
        "ListServiceInstances": Operation(list_service_instances, ("RegionId",)),
    },
    ROS: {
        "CreateStack": Operation(create_stack, ("RegionId", "StackName")),
        "DeleteStack": Operation(delete_stack, ("RegionId", "StackId")),
        "GetStack": Operation(get_stack, ("RegionId", "StackId")),
        "GetStackResource": Operation(get_stack_resource, ("RegionId", "StackId", "LogicalResourceId")),
        "ListStackEvents": Operation(list_stack_events, ("RegionId", "StackId")),
        "ListStackResources": Operation(list_stack_resources, ("RegionId", "StackId")),
        "PreviewStack": Operation(preview_stack, ("RegionId",)),
        "ValidateTemplate": Operation(validate_template),
    },
}
