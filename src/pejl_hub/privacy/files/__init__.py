"""The files of the data folder: which of them name a person, and taking the person out."""
