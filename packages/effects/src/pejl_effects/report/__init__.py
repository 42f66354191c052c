"""The report for people, in Danish and English."""
