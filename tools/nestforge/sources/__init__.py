"""From the files that an author edits to values of `model`, each fault reported where it stands."""
