"""The reasons of the verification in Chinese, for a Chinese sentence: one after the other, by the table of all messages."""

from __future__ import annotations

import re

from rag.language import wording


def in_chinese(reason: str) -> str:
    """A reason in Chinese; a part whose form is not known stays as it is."""
    parts = [part.strip() for part in re.split(r"; |(?<=[^\d\s])\. |\.$", reason) if part.strip()]
    return ";".join(map(_one, parts)) + "。" if parts else ""


def _one(part: str) -> str:
    """A part; the first of a reason starts with a capital that its form has not."""
    said = wording.in_chinese(part)
    return said if said != part else wording.in_chinese(part[0].lower() + part[1:])
