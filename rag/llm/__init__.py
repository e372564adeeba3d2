"""Answers of a model: what it is given, what it may cite, how its words are read and checked."""
