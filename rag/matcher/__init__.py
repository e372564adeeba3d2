"""A small trained model that reads a question and a statement together: does the one answer the other?

The counts of ``rag.answer.scoring`` see which words of a question a statement has. What they cannot see is that `beyond
the mainland` is `overseas`. A transformer of six layers, all-MiniLM-L6-v2 trained further on questions of our own on
statements of our own (``tools/fit_matcher.py``), turns each word into a vector that depends on the words around it; each
word of the question is then held against the word of the statement that is nearest to it. A second one of the same kind
reads follow-ups as they were typed, behind the question before them.
"""

from rag.matcher.encoder import of_follow_ups
from rag.matcher.match import match, match_leaning

__all__ = ["match", "match_leaning", "of_follow_ups"]
