"""What nestforge asks of the cloud. Only the modules named `sdk_*` import the official SDKs."""
