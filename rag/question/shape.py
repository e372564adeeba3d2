"""What form of answer a question wants: a fact, a list, a comparison, a reason."""

from __future__ import annotations

import re
from typing import Literal

from rag.language import lexicon
from rag.language.analysis import blanked
from rag.question.concepts import METRICS
from rag.question.idle import bases

Shape = Literal["fact", "list", "compare", "why"]

_PLURAL = re.compile(r"\bwhat (?:are|were)\b", re.IGNORECASE)
_LIST = re.compile(
    r"\b(?:name|list|give) (?:me )?(?:every|each|all)\b|^\s*(?:list|name|which|lay out|break down|summari[sz]e|outline|enumerate)\b|\b(?:risks|drivers|factors|steps|measures|points|titles|segments)\b"
    r"|\b(?:each|respectively|all the|by (?:business|segment|region|product))\b|哪些|有何|列出|列举|分别|各(?:是|为|多少|业务|主要)|总结|概括|概述",
    re.IGNORECASE,
)
# One of several: `Which insurer has the most`, not `which insurers have`.
_ONE = re.compile(
    r"^\s*which (?:[\w-]+ ){0,3}?(?:[\w-]*[^s\W]|\w+ss) (?:is|was|has|had|does|did|grew|fell|rose|will)\b(?!.*\b(?:each|respectively|all the|most|least|\w{3,}est)\b)",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"\b(?:compare[ds]?|comparison|versus|vs\.?|differ(?:s|ence|ent)?|how far apart|(?<!did )(?<!do )both|respective(?:ly)?|change[ds]? between|the two)\b"
    r"|相比|对比|比较|差异|不同|两(?:家|份|篇)",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\bwhy\b|\bhow come\b|\bwhat(?:['’]s| is| was| went)? (?:so |gone |going )?(?:wrong|the (?:matter|problems?|trouble)) with\b|\barguments?\b|\bthe case for\b|\breasons?\b|\bbecause\b|\b(?:what|which \w+) (?:is|are|was|were|has been|have been) (?:driving|pushing|fuell?ing|lifting|supporting|propping up|weighing on|dragging|holding back|behind)\b|\bwhat (?:explains?|explained|made|drove|drives|caused|is behind|was behind|lies behind|helped|hurt|lets?|keeps?|kept|allows?|allowed|enables?|enabled|supports?|supported|underpins?|held back|holds? back|pushe[sd]|pushed|(?:pulled|dragged|weighed|brought|drove|sent|cut) (?:down|up|on|lower|higher)|weighed|dented|boosted|raised|lifted|lowered|reduced|led to|contributed to|accounted for(?= the (?:\w+ )?(?:jump|rise|fall|drop|growth|increase|decrease|decline|change|swing|improvement|deterioration|loss)))\b|为什么|为何|原因|理由|缘何",
    re.IGNORECASE,
)


def shape_of(question: str) -> Shape:
    """What form of answer a question wants, by its wording."""
    if _COMPARE.search(blanked(question, bases(question))):  # `compared with last year` sets nothing beside another
        return "compare"
    if _WHY.search(question):
        return "why"
    if _LIST.search(question) and not _ONE.match(question):
        return "list"
    # `What were total assets?` asks for one figure, `What are the terms?` for several statements.
    one_figure = any(found.kind in METRICS for found in lexicon.expand(question))
    return "list" if _PLURAL.search(question) and not one_figure else "fact"


def asks_why(question: str) -> bool:
    """Whether it asks for a reason."""
    return bool(_WHY.search(question))
