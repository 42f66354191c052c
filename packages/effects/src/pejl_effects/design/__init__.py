"""The design of a measurement as data, read from a file and checked."""
