"""Whether a text gives a reason, and whether it is the reason for what was asked."""

from __future__ import annotations

import re

from rag.answer.wanted import Wanted
from rag.language.words import terms_of
from rag.question.coverage import covered
from rag.question.rise_fall import direction

TOLD = 0.5  # share of what is asked that must stand before the reason
# `The highest since March` and `as of May` give no reason.
_SINCE = r"since(?! (?:(?:early|late|mid|at least|the) ?-?)*(?:19|20)\d\d| (?:early |late |mid-|at least |the )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|last|then|start|beginning|end|launch|listing|first|second))"
_AS = r"(?<!well )(?<!much )(?<!many )(?<!such )(?<!long )(?<!soon )as(?! (?:of|well|much|many|a whole|high|low|long|far|at|planned|expected|before|against|opposed)\b)"
_REASON = re.compile(
    rf"\b(?:because|{_SINCE}|{_AS}|due to|owing to|thanks to|driven by|led by|on the back of|helped by|hurt by|after|reflect\w*|result\w* (?:of|from)|attribut\w*"
    r"|caus\w*|reason\w*|stem\w*|rest(?:s|ed)? on|hinges? on|c[oa]mes? (?:mostly |mainly |chiefly |largely )?from|put down to|blamed on|so that|in order to)\b|因|由于|受益于|得益于|受.{0,12}影响|系|带动|拖累|驱动|源于",
    re.IGNORECASE,
)
# What stands between an effect and its reason, in this order.
_BEHIND = re.compile(
    r"\b(?:due (?:primarily |mainly |largely |in part )?to|because|owing to|thanks to|driven (?:primarily |mainly |largely )?by|attribut\w* to|reflect(?:s|ed|ing)?"
    r"|(?:as )?(?:a |the )?result (?:of|from)|resulted from|caused by)\b",
    re.IGNORECASE,
)
FIRST_WORDS = 15  # characters at the start of a text in which a reason stands in front of its effect


def gives_reason(text: str) -> bool:
    """Whether a text has a word that gives a reason."""
    return bool(_REASON.search(text))


def tells_effect(wanted: Wanted, text: str) -> bool:
    """Whether what is asked about stands before the reason: of `A fell due to B` the reason for B is not told.

    Only in English, whose reasons stand behind; where the text begins with its reason, it may stand anywhere.
    """
    match = _BEHIND.search(text)
    if match is None or match.start() < FIRST_WORDS or wanted.language != "en":
        return True
    before = terms_of(text[: match.start()])
    pieces = [piece for piece in wanted.focus if not direction(piece.surface)] or list(wanted.focus)
    held = sum(piece.weight * covered(piece, before) for piece in pieces)
    return held >= TOLD * sum(piece.weight for piece in pieces)
