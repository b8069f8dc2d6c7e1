"""The page that shows a service before it exists: its form, and what the values in it make."""
