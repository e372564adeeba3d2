"""How a comparison is written: the table, the notes and who has most."""
