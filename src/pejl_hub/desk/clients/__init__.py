"""Pages about one client across all rooms: company, person, search, duplicates and merging."""
