"""Legal text of research reports and filings, told by its wording: it is kept and shown, but not retrieved."""

from __future__ import annotations

import re

_HEADING = re.compile(
    r"(?:important |legal |general |required |other |analyst |research |company[- ]specific )?"
    r"(?:disclaimers?(?: .{0,40})?|disclosures?|disclosure appendix|disclosures? (?:and|&) disclaimers?)"
    r"|(?:important|required|company[- ]specific) disclosures? .{0,40}"
    r"|analysts?[’']?s?[’']? certifications?.{0,20}"
    r"|.{0,30}forward[- ]looking (?:statements?|information).{0,40}|safe harbou?r.{0,40}"
    r"|.{0,8}(?:免责声明|免责条款|分析师(?:声明|承诺|简介)|法律声明|重要声明|特别声明|一般声明|披露声明|信息披露.{0,10}"
    r"|风险提示及免责.{0,6}|评级(?:说明|体系|标准|系统).{0,12}|投资评级.{0,10}(?:说明|标准|定义|体系)|前瞻性(?:陈述|声明).{0,10})",
    re.IGNORECASE,
)
_FORWARD = re.compile(r"forward[- ]looking|safe harbou?r|前瞻性", re.IGNORECASE)
_TEXT = re.compile(
    r"Private Securities Litigation Reform Act"
    r"|forward-looking statements (?:within the meaning|are subject to|involve|speak only)"
    r"|views expressed in this (?:research )?report accurately reflect"
    r"|(?:directly or indirectly )?related to the specific recommendations"
    r"|not (?:be )?(?:construed as|constitute|intended as) an offer|past performance is (?:not|no)"
    r"|本报告.{0,30}(?:仅供|不构成|不作为|版权)|本公司不会因接收人|独立、客观地出具|具有中国证券业协会授予"
    r"|证券投资咨询执业资格|不保证.{0,20}(?:准确|完整)",
    re.IGNORECASE | re.DOTALL,
)
# One of these is in every match of ``_TEXT``; looking for them takes a tenth of the time.
_SIGNS = (
    "litigation reform act", "forward-looking statements", "accurately reflect", "specific recommendations",
    "an offer", "past performance is", "本报告", "本公司不会", "客观地出具", "具有中国证券业", "证券投资咨询", "不保证",
)  # fmt: skip
_REFERENCE = re.compile(
    r"(?:请务必|敬请|请仔细|务请).{0,12}(?:阅读|参阅|关注|参考).{0,30}"
    r"|(?:please )?(?:see|refer to|read).{0,40}(?:disclaimer|disclosure|certification).{0,80}",
    re.IGNORECASE,
)


def is_legal_heading(text: str) -> bool:
    """Whether a heading opens a legal part: disclaimer, disclosures, certification, forward-looking statements."""
    return _HEADING.fullmatch(" ".join(text.split()).strip(" :：*")) is not None


def is_forward_looking(heading: str) -> bool:
    """Whether a legal heading opens forward-looking wording, which ends at the next heading; disclosures run on."""
    return _FORWARD.search(heading) is not None


def is_legal_text(text: str) -> bool:
    """Whether a paragraph is legal wording wherever it stands."""
    lower = text.lower()
    return any([sign in lower for sign in _SIGNS]) and _TEXT.search(text) is not None


def is_reference_to_legal(text: str) -> bool:
    """Whether a line only points to the legal part: ``See the disclosures on page 9``."""
    return _REFERENCE.fullmatch(" ".join(text.split())) is not None
