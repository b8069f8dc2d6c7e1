"""The unmodified official SDKs, pointed at a sandbox, and the requests that the tests make of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import alibabacloud_oss_v2 as oss
import pytest
from alibabacloud_computenest20210601 import models as user_models
from alibabacloud_computenest20210601.client import Client as UserClient
from alibabacloud_computenestsupplier20210521 import models as supplier_models
from alibabacloud_computenestsupplier20210521.client import Client as SupplierClient
from alibabacloud_ros20190910 import models as ros_models
from alibabacloud_ros20190910.client import Client as RosClient
from alibabacloud_tea_openapi.utils_models import Config
from Tea.exceptions import TeaException

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import SandboxUnderTest

REGION = "cn-hangzhou"
TEMPLATE = """\
ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Password:
    Type: String
    NoEcho: true
    AllowedPattern: '[0-9A-Za-z]{8,30}'
Resources:
  Network:
    Type: ALIYUN::ECS::VPC
    Properties: {CidrBlock: 10.0.0.0/8}
Outputs:
  NetworkId:
    Value: !GetAtt Network.VpcId
"""


def _config(sandbox: SandboxUnderTest, **other: str) -> Any:
    return Config(
        **{
            "access_key_id": sandbox.access_key_id,
            "access_key_secret": sandbox.access_key_secret,
            "endpoint": sandbox.endpoint,
            "protocol": "HTTP",
            **other,
        }
    )


def supplier_client(sandbox: SandboxUnderTest, **other: str) -> Any:
    """Return a client of the supplier API."""
    return SupplierClient(_config(sandbox, **other))


def user_client(sandbox: SandboxUnderTest) -> Any:
    """Return a client of the user API."""
    return UserClient(_config(sandbox))


def ros_client(sandbox: SandboxUnderTest) -> Any:
    """Return a client of ROS."""
    return RosClient(_config(sandbox))


def oss_client(sandbox: SandboxUnderTest, credentials: Any, *, version: str = "v4", endpoint: str = "") -> Any:
    """Return a client of OSS with the credentials that GetUploadCredentials answers."""
    config = oss.config.load_default()
    config.credentials_provider = oss.credentials.StaticCredentialsProvider(
        credentials.access_key_id, credentials.access_key_secret, credentials.security_token
    )
    config.region = REGION
    config.endpoint = f"http://{endpoint or sandbox.endpoint}"
    config.signature_version = version
    config.retry_max_attempts = 1
    return oss.Client(config)


class Api:
    """An API with the region filled in; what it answers are the SDK's own response bodies."""

    models: Any

    def __init__(self, sandbox: SandboxUnderTest, client: Any) -> None:
        self.sandbox = sandbox
        self.client = client

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        def call(**fields: Any) -> Any:
            name = "".join(part.capitalize() for part in operation.split("_"))
            request = getattr(self.models, f"{name}Request")
            if "region_id" in request.__init__.__annotations__:
                fields = {"region_id": REGION, **fields}
            return getattr(self.client, operation)(request(**fields)).body

        return call


class User(Api):
    """The user API of Compute Nest."""

    models = user_models

    def __init__(self, sandbox: SandboxUnderTest) -> None:
        super().__init__(sandbox, user_client(sandbox))

    def deployed(self, service_id: str, **fields: Any) -> Any:
        """Create a service instance, and return it when its deployment has ended, well or not."""
        instance_id = self.create_service_instance(service_id=service_id, **fields).service_instance_id
        return self.settled(instance_id)

    def settled(self, instance_id: str) -> Any:
        """Return a service instance when nothing is being done to it any more."""
        return settled(lambda: self.get_service_instance(service_instance_id=instance_id), "Deploying", "Deleting")


class Ros(Api):
    """ROS."""

    models = ros_models

    def __init__(self, sandbox: SandboxUnderTest) -> None:
        super().__init__(sandbox, ros_client(sandbox))

    def created(self, template: str, *, name: str = "stack", **fields: Any) -> Any:
        """Create a stack, and return it when its creation has ended, well or not."""
        return self.settled(self.begun(template, name=name, **fields))

    def begun(self, template: str, *, name: str = "stack", **fields: Any) -> str:
        """Create a stack and return its id."""
        fields["parameters"] = [
            ros_models.CreateStackRequestParameters(parameter_key=key, parameter_value=value)
            for key, value in fields.get("parameters", {}).items()
        ]
        return str(self.create_stack(stack_name=name, template_body=template, **fields).stack_id)

    def settled(self, stack_id: str) -> Any:
        """Return a stack when nothing is being done to it any more."""
        busy = ("CREATE_IN_PROGRESS", "CREATE_ROLLBACK_IN_PROGRESS", "DELETE_IN_PROGRESS")
        return settled(lambda: self.get_stack(stack_id=stack_id), *busy)

    def events(self, stack_id: str) -> list[tuple[str, str]]:
        """Return name and state of all that happened, oldest first."""
        return [(event.logical_resource_id, event.status) for event in self.all_events(stack_id)]

    def all_events(self, stack_id: str) -> list[Any]:
        """Return all events, oldest first."""
        found: list[Any] = []
        number = 1
        while page := self.list_stack_events(stack_id=stack_id, page_size=50, page_number=number).events:
            found += page
            number += 1
        return found[::-1]

    def resources(self, stack_id: str) -> dict[str, str]:
        """Return the state of each resource."""
        listed = self.list_stack_resources(stack_id=stack_id).resources
        return {resource.logical_resource_id: resource.status for resource in listed}


def settled(look: Callable[[], Any], *busy: str) -> Any:
    """Return what is looked at, when its status is none of these. Each look lets the server work."""
    for _ in range(500):
        found = look()
        if found.status not in busy:
            return found
    raise AssertionError(f"it is still {look().status}")


class Supplier(Api):
    """The supplier API."""

    models = supplier_models

    def __init__(self, sandbox: SandboxUnderTest, **other: str) -> None:
        super().__init__(sandbox, supplier_client(sandbox, **other))

    def upload(self, content: str | bytes, name: str = "template.yaml", visibility: str = "private") -> str:
        """Store a file as the publisher does, and return its URL."""
        data = self.get_upload_credentials(file_name=name, visibility=visibility).data
        # Text must be encoded: the SDK takes its number of characters for its length.
        body = content.encode() if isinstance(content, str) else content
        request = oss.PutObjectRequest(bucket=data.bucket_name, key=data.key, body=body)
        oss_client(self.sandbox, data).put_object(request)
        return f"https://{data.bucket_name}.oss-{data.region_id}.aliyuncs.com/{data.key}"

    def draft(self, **fields: Any) -> str:
        """Create a service with a draft and return its id."""
        return str(self.create_service(**self.service_fields(**fields)).service_id)

    def service_fields(self, **fields: Any) -> dict[str, Any]:
        """Return the least that a service needs, with other fields."""
        if "deploy_metadata" not in fields:
            fields["deploy_metadata"] = deploy_metadata(self.upload(TEMPLATE))
        return {"service_info": [info("en-US", "A service")], "deploy_type": "ros", "service_type": "private", **fields}

    def online(self, **fields: Any) -> str:
        """Create a service with an online version 1 and return its id."""
        service_id = self.draft(**fields)
        self.register_service(service_id=service_id)
        self.launch_service(service_id=service_id, service_version="draft")
        return service_id

    def status(self, service_id: str, version: str | None = None) -> str:
        """Return a version's state."""
        return str(self.get_service(service_id=service_id, service_version=version).status)


def deploy_metadata(url: str, **relations: object) -> str:
    """Return the JSON text of a deployment of one template."""
    metadata: dict[str, object] = {"TemplateConfigs": [{"Name": "default", "Url": url}]}
    if relations:
        metadata["SupplierDeployMetadata"] = relations
    return json.dumps(metadata)


def info(locale: str, name: str, **fields: Any) -> Any:
    """Return a ServiceInfo of CreateService."""
    return supplier_models.CreateServiceRequestServiceInfo(locale=locale, name=name, **fields)


def tag(operation: str, **tags: str) -> list[Any]:
    """Return the tags of a request."""
    model = getattr(supplier_models, f"{operation}RequestTag")
    return [model(key=key, value=value) for key, value in tags.items()]


def filters(operation: str, values: str = "value", kind: str = "Filter", **wanted: list[str]) -> list[Any]:
    """Return the filters of a list request."""
    model = getattr(supplier_models, f"{operation}Request{kind}")
    return [model(name=name, **{values: listed}) for name, listed in wanted.items()]


def refused(call: Callable[..., Any], **fields: Any) -> tuple[str, int]:
    """Return code and HTTP status with which the cloud refuses the call."""
    with pytest.raises(TeaException) as caught:
        call(**fields)
    return caught.value.code, int(caught.value.status_code)


def oss_refused(call: Callable[..., Any], request: Any) -> tuple[str, int]:
    """Return code and HTTP status with which OSS refuses the request."""
    with pytest.raises(oss.exceptions.OperationError) as caught:
        call(request)
    error = caught.value.unwrap()
    return error.code, error.status_code
