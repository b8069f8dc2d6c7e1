"""Makes the tables of engine flags from the published packages of vLLM, SGLang and Ray: `make engine-flags`."""
