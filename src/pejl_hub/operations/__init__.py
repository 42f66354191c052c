"""Keeping the hub running: backups that are proved, what is wrong with the machine, and health."""
