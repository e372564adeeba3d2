"""The figures of a text or a table: where each stands, what it is worth, whose it is, for when, and whether two are one."""
