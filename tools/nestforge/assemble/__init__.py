"""From the checked sources to a Compute Nest package: a tuple of pure steps, and one writer."""
