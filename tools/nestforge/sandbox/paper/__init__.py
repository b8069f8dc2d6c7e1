"""Providers that need no host: they give out ids and attributes of the right shape, and run nothing."""
