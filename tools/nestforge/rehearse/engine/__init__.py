"""The engine of a rehearsal: real Ray and vLLM for CPU with a tiny model, and a stand-in for SGLang.

`differences` is the table of what a CPU forces to differ. What a container of an image sees of this package: programs
named `ray`, `vllm` and `python3` that come first in its PATH, and that map arguments and variables by this table.
"""
