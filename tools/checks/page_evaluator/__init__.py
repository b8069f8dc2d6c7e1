"""Compares the evaluator in a page with the one in Python."""
