"""A follow-up in its conversation: how it is read, not what it is evidence of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """``before``: the question before a follow-up, which stands alone; ``typed``: the follow-up as it was typed, or the
    part of it that asks."""

    before: str
    typed: str
