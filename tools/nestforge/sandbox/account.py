"""What the sandbox's only account is: fixed, so that addresses and credentials can be written down."""

from __future__ import annotations

ADDRESS = "127.0.0.1"
ACCESS_KEY_ID = "LTAI-nestforge-sandbox"
ACCESS_KEY_SECRET = "this-opens-the-sandbox-and-nothing-else"
REGION = "cn-hangzhou"
# GetUploadCredentials: "public" uploads go to a public bucket, "private" ones to a private bucket.
BUCKETS = {"public": "nestforge-sandbox-public", "private": "nestforge-sandbox-private"}
PUBLIC_BUCKET = BUCKETS["public"]
# An account has a number of 16 digits; none of Alibaba Cloud's begins like this.
ACCOUNT_ID = 1000000000000001
