"""What ROS resource types take and return: typed questions over data that is bundled with the tool.

The data is made by `make rosspec` from the published `ros-cdk-*` packages and the corrections in `patches/`.
"""
