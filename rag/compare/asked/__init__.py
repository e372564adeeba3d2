"""What a comparison asks: its sides, and what is asked of each."""
