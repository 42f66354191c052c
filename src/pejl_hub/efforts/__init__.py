"""The special efforts' rooms: partners, milestones, activities, notes, papers and progress."""
