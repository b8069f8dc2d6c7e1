"""The language server: what an editor asks about a template, answered as its author types.

`server` speaks the protocol; everything below it is functions of a text and a place in it.
"""
