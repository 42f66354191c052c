"""Template tags of the draft's pages."""
