"""The user evaluation on pages: results, how sure they are, who was asked, and the free texts."""
