"""What is reported rather than counted: figures from others, special efforts and their milestones."""
