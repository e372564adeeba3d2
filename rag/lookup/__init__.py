"""Figures looked up in the tables of reports, and worked out from them."""
