"""The page on which an administrator keeps the users."""
