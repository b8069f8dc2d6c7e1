"""Check what was assembled: rules, each in a file of its own, over views of templates and packages."""
