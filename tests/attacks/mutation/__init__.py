"""Sound import files made unsound, each by its number alone: the same number is the same file."""
