"""Small parts, each alone."""
