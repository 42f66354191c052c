"""Reports as they leave the house: made by jobs, approved by a second person, released and sent."""
