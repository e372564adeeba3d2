"""The ledger, and the two indexes that are built from it."""
