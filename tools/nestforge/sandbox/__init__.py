"""The embedded cloud: Compute Nest's supplier and user APIs, ROS and OSS over real HTTP.

It knows nothing of what nestforge builds or publishes; the official SDKs are its only callers.
"""
