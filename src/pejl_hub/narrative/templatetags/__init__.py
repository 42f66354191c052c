"""The tags of the comments."""
