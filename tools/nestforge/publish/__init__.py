"""Bring a service on a target to what the package says: desired state, remote state, plan, apply."""
