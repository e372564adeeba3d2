"""Does a sentence follow from what it cites? Figures, periods, directions, words; no model is asked."""
