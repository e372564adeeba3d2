"""Comparisons, and where reports disagree."""
