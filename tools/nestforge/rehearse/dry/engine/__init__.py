"""What stands in for engines in the containers of a dry rehearsal; it imports the standard library only."""
