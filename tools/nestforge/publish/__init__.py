"""Bring the service on the other side to what the package says."""
