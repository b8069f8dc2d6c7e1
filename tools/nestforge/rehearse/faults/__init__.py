"""What can go wrong on hosts, done on purpose: a fault a file, all of them in `table`."""
