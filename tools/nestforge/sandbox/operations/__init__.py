"""The operations that the sandbox answers, one file each."""
