"""The pseudo parameters of a stack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nestforge.sandbox.account import ACCOUNT_ID

if TYPE_CHECKING:
    from nestforge.sandbox.stacks.records import Stack


def pseudo_parameters(stack: Stack) -> dict[str, str]:
    """Return the values of `ALIYUN::StackId` and so on."""
    return {
        "ALIYUN::StackId": stack.stack_id,
        "ALIYUN::StackName": stack.name,
        "ALIYUN::Region": stack.region,
        "ALIYUN::TenantId": str(ACCOUNT_ID),
        "ALIYUN::AccountId": str(ACCOUNT_ID),
        "ALIYUN::ResourceGroupId": "",
    }
