"""From a parsed file to a report: its metadata, its passages, its names, the statements its tables belong to."""
