"""The web page: a conversation, the proof beside it, and the library at hand. Uses only what ``rag`` exports."""
