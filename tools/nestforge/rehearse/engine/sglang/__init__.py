"""A stand-in for SGLang: its flags are its own, its ranks must meet, its answers are made up."""
