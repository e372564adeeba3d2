"""Which passages go to the model: the best that fit into its window beside the rules, the question and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.llm.model import Model
from rag.llm.planted import speaks, without_planted
from rag.llm.planted_hits import continued
from rag.llm.prompt import body, heading, request
from rag.llm.tokens import count, shorten
from rag.types import Evidence, Report

_TAGS = 40  # tokens of a passage's tags and its id, with room for tokenisers that cut finer
_MARGIN = 0.05  # of the window, for what the counting misses: other encodings, the frame of a message
_LEAST = 48  # tokens of a passage that is worth showing in part


@dataclass(frozen=True, slots=True)
class Packed:
    """Passages in reading order, report by report, with the texts that are shown of them.

    ``planted``: reports that hold words to a language model, which were left out.
    """

    evidence: tuple[Evidence, ...]
    texts: tuple[str, ...]
    planted: tuple[Report, ...] = ()


def pack(model: Model, question: str, evidence: Sequence[Evidence], *, share: float = 1.0) -> Packed:
    """The best passages (``evidence`` is ranked) that fit; one that does not fit whole is shortened if it is the first.

    ``share``: how much of the room to use, after a server said that the request is too long. Empty when not even the
    beginning of the best passage fits.
    """
    name = model.encoding
    frame = sum(count(message.content, name) + 8 for message in request(question, ()).messages)
    room = int((model.window * (1 - _MARGIN) - frame - model.longest) * share)
    kept: list[tuple[Evidence, str]] = []
    planted: dict[str, Report] = {}
    behind = continued(evidence)
    for item in evidence:
        text, spoken = without_planted(body(item.passage.text))
        if item.passage.id in behind:
            text, spoken = "", True
        if spoken or any(map(speaks, (item.report.title, item.report.broker or "", *item.passage.section))):
            planted[item.report.id] = item.report
        if not text.strip():
            continue
        extra = count(heading(item), name) + _TAGS
        size = count(text, name) + extra
        if size > room:
            if kept or room - extra < _LEAST:
                continue
            text = shorten(text, room - extra, name)
            size = room
        kept.append((item, text))
        room -= size
    rank = {id_: place for place, id_ in enumerate(dict.fromkeys(item.report.id for item, _ in kept))}
    kept.sort(key=lambda pair: (rank[pair[0].report.id], pair[0].passage.ordinal))
    return Packed(tuple(item for item, _ in kept), tuple(text for _, text in kept), tuple(planted.values()))
