"""What runs in a page: our JavaScript, the templates it works on, and how both get into one file."""
