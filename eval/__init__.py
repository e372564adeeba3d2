"""Offline regression set: questions, runner, metrics and gate. Run it with ``python -m eval``."""
