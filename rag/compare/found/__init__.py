"""What each side says: the statement, row or figure that makes a cell."""
