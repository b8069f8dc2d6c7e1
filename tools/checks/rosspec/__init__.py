"""Make the bundled resource spec from the published `ros-cdk-*` packages and the patches: `make rosspec`."""
