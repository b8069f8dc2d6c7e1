"""The rules: a folder for each section with its table of rows, a file for each rule."""
