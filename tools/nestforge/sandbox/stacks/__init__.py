"""Stacks and service instances: what is kept of them, and the engine that creates and deletes them."""
