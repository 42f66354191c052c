"""The contract as data: load, check, amend and read it aloud."""
