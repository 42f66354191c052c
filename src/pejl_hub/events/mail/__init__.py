"""The letters of an event: words, calendar file, code to scan."""
