"""The target adviser's page: what can be promised for next year, goal by goal."""
