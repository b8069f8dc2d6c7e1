"""The arithmetic of memory and throughput: what fits on the machines of the catalogs, and how fast."""
