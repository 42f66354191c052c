"""The desk's first page: what is planned, what waits, and what one has recorded."""
