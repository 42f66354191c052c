"""Comments on goals and municipalities: drafted, reviewed, and frozen with a snapshot."""
