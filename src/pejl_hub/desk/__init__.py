"""The desk: pages of the daily work that cross the rooms of the records."""
