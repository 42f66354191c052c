"""The contract measured, on pages: overview, goal, contract."""
