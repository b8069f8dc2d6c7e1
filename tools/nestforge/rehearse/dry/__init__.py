"""The cheap tier: the scripts of a package run against stand-ins alone, without root and without an engine."""
