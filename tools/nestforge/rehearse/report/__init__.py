"""The report of a rehearsal, as JSON and as a page."""
