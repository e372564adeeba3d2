"""What words, sentences, times and the lexicon's terms are, in English and Chinese; and texts as vectors."""
