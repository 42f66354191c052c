"""Lists of attendees from a file, in three piles: recognised, several possible, not recognised."""
