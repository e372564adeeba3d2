"""`And the growth rate?`: a follow-up that asks how the figure of the question before has changed."""

from __future__ import annotations

import re

from rag.language.analysis import language
from rag.question.followup_parts import Parts
from rag.question.followup_text import with_words

_WHAT = r"(?:growth(?:\s+rate)?|rate\s+of\s+(?:growth|change|increase|decline)|change|increase|decrease|decline)"
_OVER = r"(?:\s+(?:over|from|on|versus|vs\.?|compared\s+(?:with|to))\s+(?:the\s+)?(?:previous|prior|last|year)\s*(?:year|before|earlier)?|\s+year[- ](?:over|on)[- ]year|\s+yoy)?"
_ASKS = re.compile(
    rf"(?:and\s+|so\s+)?(?:what(?:\s+(?:was|is)|['’]s)\s+)?(?:the\s+|its\s+)?(?:annual\s+|yoy\s+|year[- ](?:over|on)[- ]year\s+|percentage\s+|percent\s+|%\s+)*{_WHAT}{_OVER}"
    rf"|(?:and\s+)?(?:by\s+)?how\s+(?:much|fast)\s+(?:did|has)\s+(?:it|that|this)\s+(?:grow|grown|rise|risen|fall|fallen|changed?|increased?|decreased?){_OVER}"
    r"|(?:and\s+)?(?:by\s+)?how\s+(?:much|many)\s+(?:more|less|fewer|higher|lower|better|worse|larger|smaller)\s+(?:is|was|are|were)\s+(?:that|it|this|they)\s+(?:than|compared\s+with)\s+(?:in\s+)?(?:the|a|last)\s*(?:year|previous\s+year|prior\s+year|year\s+before)(?:\s+(?:earlier|before|ago))?"
    r"|(?:and\s+)?(?:how\s+does\s+(?:that|it|this)\s+compare\s+|compared?\s+)(?:with|to)\s+(?:(?:the|a)\s+)?(?:year\s+(?:earlier|before|ago)|last\s+year|(?:previous|prior)\s+year)"
    r"|(?:那|这)?(?:和|与|跟|同|较|比|相比)(?:去年|上年|前一年|上一年)(?:相?比|相比较)(?:呢|如何|怎么样|多了多少|少了多少|增长多少|增长了多少|变化多少)?"
    r"|(?:那|其|它的?)?(?:同比)?(?:增速|增长率|增幅|涨幅|降幅|变化幅度|同比变化|同比增长)(?:是多少|有多少|如何|怎么样|呢)?|(?:那|它)?(?:同比)?(?:增长|变化|下降)了?多少",
    re.IGNORECASE,
)
_ENDS = " \t?？。.!！呢"


def of_growth(question: str, before: str, old: Parts) -> str:
    """The question for the growth of the figure that the one before asked for; empty when it asks for anything else."""
    if not _ASKS.fullmatch(question.strip(_ENDS)) or len(old.names) > 1:
        return ""
    if not old.topics:
        return with_words(before, ["同比" if language(before) == "zh" else "year on year"], language(before) == "zh")
    name = old.names[0].text if old.names else ""
    when = old.periods[0].period.surface.strip() if old.periods and old.periods[0].period else ""
    topic = " ".join(spot.text for spot in old.topics)
    if language(question) == "zh":
        return f"{name}{when}的{topic}同比变化多少?"
    owner = f"{name}'s {topic}" if name else topic
    return f"How much did {owner} grow{f' in {when}' if when else ''}?"
