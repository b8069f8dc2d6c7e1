"""The regions of Alibaba Cloud."""

from __future__ import annotations

import re

REGIONS = frozenset(
    {
        "cn-qingdao",
        "cn-beijing",
        "cn-zhangjiakou",
        "cn-huhehaote",
        "cn-wulanchabu",
        "cn-hangzhou",
        "cn-shanghai",
        "cn-nanjing",
        "cn-fuzhou",
        "cn-shenzhen",
        "cn-heyuan",
        "cn-guangzhou",
        "cn-chengdu",
        "cn-hongkong",
        "cn-wuhan-lr",
        "cn-zhengzhou-jva",
        "ap-northeast-1",
        "ap-northeast-2",
        "ap-southeast-1",
        "ap-southeast-2",
        "ap-southeast-3",
        "ap-southeast-5",
        "ap-southeast-6",
        "ap-southeast-7",
        "ap-south-1",
        "us-east-1",
        "us-west-1",
        "us-southeast-1",
        "na-south-1",
        "eu-central-1",
        "eu-west-1",
        "me-east-1",
        "me-central-1",
    }
)
"""The public regions, two closed ones among them: https://help.aliyun.com/document_detail/72379.html"""

_SPECIAL = re.compile(r"(cn|ap|us|eu)-[a-z0-9-]+-(finance|gov|acdr|edge|cloudbox)[a-z0-9-]*")


def is_region(name: str) -> bool:
    """Return whether a region of that id is known; those for finance, government and edges are taken as written."""
    return name in REGIONS or _SPECIAL.fullmatch(name) is not None
