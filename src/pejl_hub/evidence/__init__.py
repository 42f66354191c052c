"""What is reported rather than counted: figures from others, and special efforts in words."""
