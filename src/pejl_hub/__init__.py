"""The hub's own program: records, snapshots, status pages; counts only through ``pejl``."""
