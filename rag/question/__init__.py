"""What a question names and asks for; follow-ups made whole."""
