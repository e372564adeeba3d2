"""Which words of an English question are verbs, by where they stand: `how much of the cost landed in the north`.

A line of a table is called by nouns; what the asker does with it in everyday speech stands in no report. There is no parser:
a verb is told by its subject, by what helps it, or by being the only one that the question can have.
"""

from __future__ import annotations

import re

_NAME = r"(?:(?:the|its|their|our)\s+)?(?:[A-Z][\w&.'’-]*|the\s+[\w-]+)(?:\s+(?:[A-Z][\w&.'’-]*|&|and|of))*(?:(?<=['’]s)(?:\s+[a-z]+){1,2}?)?"
_BEHIND = (
    r"(?:in|on|at|by|from|to|through|down|up|out|off|over|into|for|with|outside|under|within|against|abroad|about)"
)
_HELP = r"(?:is|are|was|were|be|been|being|do|does|did|has|have|had|will|would|can|could|should|may|might|must)"
_PAST = r"(?:\w+ed|ran|went|came|fell|rose|grew|sent|cut|lost|won|bought|sold|built|held|paid|drew|left|stood|sat|flowed|got)"
_PARTICLE = re.compile(r"(?:back|aside|away|together|along|around|outside|abroad|overseas)", re.IGNORECASE)
_HELPED = re.compile(rf"\b{_HELP}\b", re.IGNORECASE)


def is_verb(question: str, surface: str) -> bool:
    """Whether a word is what somebody or something does: behind its subject, or the only verb of the question."""
    word = rf"(?i:{re.escape(surface)})"
    if _PARTICLE.fullmatch(surface):  # `hand back`, `set aside`
        before = re.search(rf"(\w+)\s+{word}\b", question)
        return before is not None and not _PARTICLE.fullmatch(before[1]) and is_verb(question, before[1])
    done = re.search(rf"\b(?i:do|does|did)\s+{_NAME}\s+{word}\b", question)  # what did Foo complain about
    doing = re.search(rf"\b(?i:is|are|was|were)\s+{_NAME}\s+{word}\b", question) and surface.lower().endswith("ing")
    own = re.search(rf"\b(?i:it|they|he|she|we|you)\s+{word}\b", question)  # that it carried out
    main = re.search(rf"^(?P<before>.*)\b{word}\s+{_BEHIND}\b", question)
    alone = main and re.fullmatch(_PAST, surface, re.IGNORECASE) and not _HELPED.search(main["before"])
    return bool(done or doing or own or alone)
