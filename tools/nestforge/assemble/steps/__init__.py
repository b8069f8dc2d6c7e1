"""The steps that make a package, one file each; `pipeline.py` has their order."""
