"""Questions about which reports there are: told from questions about what they say, and answered with a list."""
