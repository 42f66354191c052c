"""The specification: a folder is a chapter, a file a section, a test a paragraph."""
