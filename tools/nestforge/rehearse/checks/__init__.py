"""What must be true of a deployment that is rehearsed: a check a file, all of them in `table`."""
