"""What ``python -m django`` may be told."""
