"""Build, check and publish Alibaba Cloud Compute Nest services."""

__version__ = "0.1.0"
