"""What makes resources out of this machine: one file a type, and the table that says which."""
