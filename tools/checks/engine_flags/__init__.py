"""Makes the tables of engine flags from the published packages of vLLM and SGLang: `make engine-flags`."""
