"""The ROS language: a template and the values of its parameters make resources and outputs."""
