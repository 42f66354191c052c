"""From the database to snapshot tables."""
