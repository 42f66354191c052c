"""Template helpers of the sources."""
