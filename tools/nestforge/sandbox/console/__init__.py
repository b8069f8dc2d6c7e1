"""The console in the browser: what is on the sandbox, to read, to deploy and to delete."""
