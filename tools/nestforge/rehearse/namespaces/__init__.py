"""Machines made of namespaces: their processes, file systems, limits, and what is left of them."""
