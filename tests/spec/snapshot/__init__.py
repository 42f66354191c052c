"""What a snapshot is: whole or absent, the same bytes for the same data."""
