"""One intrinsic function a file, named after it; `table` says which name calls which."""
