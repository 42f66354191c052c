"""Words and shapes that every page uses."""
