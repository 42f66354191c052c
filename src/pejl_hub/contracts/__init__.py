"""The contract as the hub keeps it: its versions, what happened to them, and which is scored."""
