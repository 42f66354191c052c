"""Outside sources: read, checked, imported all or nothing, and undone."""
