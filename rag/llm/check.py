"""One sentence of a model, checked: which of the passages it cites bear it out, where, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer.citations import Draft, slot
from rag.language import analysis
from rag.language.quote import find_quote
from rag.language.sentences import sentences
from rag.language.words import terms_of
from rag.llm.plain import plain
from rag.types import Evidence, Status
from rag.verify.reasons import in_chinese
from rag.verify.sentence import Verdict, verify_sentence

SLOT = re.compile("\x1f(\\d+)\x1f")
_IDS = "\x1f\\d+\x1f"
_SEE = r"(?:(?:see|sources?|refs?|references?|passages?|来源|资料来源|出处|参见|见)\s*[:：]?\s*)?"
_BETWEEN = re.compile(rf"(?<=\x1f)\s*(?:[,;、，；&/+–-]|\band\b|和|及|与)+\s*(?={_IDS})", re.IGNORECASE)
_AROUND = re.compile(rf"[ \t]*[(\[（［【]\s*{_SEE}((?:{_IDS}[ \t]*)+)[)\]）］】]", re.IGNORECASE)
_CREDIT = re.compile(
    rf"(?:(?:according to|as per|per|based on|as|from|in)(?: the)?(?: passages?| reports?| sources?)?\s*(?:{_IDS}[ \t]*)+"
    rf"(?: ?(?:says?|states?|shows?|notes?|reports?|indicates?|mentions?))?,\s*|(?:根据|据|按照?)(?:段落|报告|来源)?\s*(?:{_IDS}[ \t]*)+[,，]\s*)(?=\S)",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"^(\s*(?:{_IDS}[ \t]*)+)[:：,，]\s*")
# Words of a table's heads that are no names, although they begin with a capital.
_HEAD = re.compile(
    r"\b(?:Company|Broker|Report|Source|Date|Period|Year|Quarter|Half|Month|Item|Metric|Measure|Value|Amount|Figure|Unit|Currency|Rating"
    r"|Target|Price|Previous|Prior|Current|New|Old|Change|Growth|Difference|Increase|Decrease|Decline|Trend|Total|Average|Share|Ratio|Rate|Margin"
    r"|Revenues?|Sales|Income|Profits?|Earnings|Costs?|Expenses?|Cash|Flow|Debt|Capex|Volumes?|Driver|Drivers|Reasons?|Causes?|Factors?|Risks?|Outlook|Guidance"
    r"|Forecast|Estimate|Actual|View|Views|Opinion|Stance|Comments?|Notes?|Details?|Summary|Evidence|Key|Main|Segment|Region|Product|Business|Market|Status|Impact|Effect)\b"
)
_EMPTY_CELL = re.compile(
    r"[-–—/.\s]*|n\.?\s?/?\s?a\.?|(?:it is |is )?not (?:covered|found|disclosed|available|given|mentioned|stated|provided|reported|specified)(?: .{0,40})?"
    r"|none|unknown|(?:暂|尚|并)?(?:未|没有)(?:披露|提及|提到|提供|找到|涵盖|说明|给出).{0,12}|无|没有|不详|不适用",
    re.IGNORECASE,
)
QUOTED = re.compile(r"“([^“”\n]{2,400})”|\"([^\"\n]{2,400})\"|「([^「」\n]{2,400})」")
_LONG_QUOTE = 4  # words (two characters of Chinese count as one) from which quoted words must stand in a passage
_TAIL = re.compile("(?:[ \t.。!?！？;；…]|\x1f\\d+\x1f)*$")
_ENDS = " .,;。，；"
_WHOLE = 240  # characters: up to here a passage is quoted whole
_WORST: tuple[Status, ...] = ("supported", "partly", "unsupported")


@dataclass(frozen=True, slots=True)
class Said:
    """A checked sentence, and what stands before it in the text: a space, a new line, a bullet."""

    draft: Draft
    lead: str = ""


def check(text: str, cited: Sequence[Evidence]) -> Draft | None:
    """The draft of one sentence or table, None when it says nothing. ``text``: ``slot(i)`` stands for ``cited[i]``.

    A passage that adds nothing to the support of a sentence is not cited.
    """
    said = _tidied(plain(text))
    bare = SLOT.sub("", said)
    if not any(char.isalnum() for char in bare):
        return None
    if said.lstrip().startswith("|"):
        return _table(said, cited)
    unique = list({item.passage.id: item for item in cited}.values())
    verdict, kept = _supported(bare, unique)
    status, reason = verdict.status, verdict.reason
    if kept and (foreign := _misquoted(bare, kept)) and status == "supported":
        status, reason = "partly", _said(bare, f"The words “{foreign}” do not stand in the cited passages.")
    where = _figures(verdict, len(kept))
    return Draft(
        text=_placed(said, cited, kept),
        evidence=tuple(kept),
        quotes=tuple(bearing(bare, item.passage.text, found) for item, found in zip(kept, where, strict=True)),
        figures=where,
        status=status,
        unverified_figures=verdict.unverified,
        reason=reason,
    )


def _tidied(text: str) -> str:
    """The text without what only held its ids: ``(see [a], [b])``, ``[a] and [b]``, ``According to [a],``, ``[a]:``."""
    text = _BETWEEN.sub("", text)
    text = _AROUND.sub(r"\1", text)
    lead = _CREDIT.match(text)
    if lead:
        rest = text[lead.end() :]
        text = "".join((rest[:1].upper(), rest[1:], *(f"\x1f{number}\x1f" for number in SLOT.findall(lead[0]))))
    return _LABEL.sub(r"\1", text)


def _supported(text: str, cited: Sequence[Evidence]) -> tuple[Verdict, list[Evidence]]:
    """The verdict on a sentence, and those of the passages it cites that bear it out: the fewest that say as much."""
    verdict = verify_sentence(text, cited)
    if len(cited) < 2 or verdict.status == "unsupported":
        return verdict, list(cited)
    kept = [
        item
        for item, found in zip(cited, _figures(verdict, len(cited)), strict=True)
        if found or verify_sentence(text, [item]).status != "unsupported"
    ]
    if not kept or len(kept) == len(cited):
        return verdict, list(cited)
    fewer = verify_sentence(text, kept)
    return (fewer, kept) if _WORST.index(fewer.status) <= _WORST.index(verdict.status) else (verdict, list(cited))


def _said(sentence: str, reason: str) -> str:
    """A reason in the language of the sentence that it is about."""
    return in_chinese(reason) if analysis.language(sentence) == "zh" else reason


def _figures(verdict: Verdict, count: int) -> tuple[tuple[str, ...], ...]:
    return tuple(verdict.where[index] if index < len(verdict.where) else () for index in range(count))


def _misquoted(text: str, cited: Sequence[Evidence]) -> str:
    """Quoted words that stand in none of the passages; empty when there are none."""
    for match in QUOTED.finditer(text):
        words = next(group for group in match.groups() if group).strip(_ENDS)
        if len(words.split()) + len(re.findall(f"[{analysis.CJK}]", words)) / 2 < _LONG_QUOTE:
            continue
        if not any(find_quote(words, item.passage.text) for item in cited):
            return words[:80]
    return ""


def _placed(said: str, cited: Sequence[Evidence], kept: Sequence[Evidence]) -> str:
    """The text with slots that count in ``kept``; those at the end are left out, where markers go by themselves.

    Slots stay inside a sentence only when others end it: a sentence ends in its citations.
    """
    place = {item.passage.id: index for index, item in enumerate(kept)}
    body = said.rstrip(" \t\n")
    tail = _TAIL.search(body[-400:])
    ends = SLOT.findall(tail[0]) if tail else []
    if not ends or len(SLOT.findall(body)) == len(ends):
        return SLOT.sub("", body)
    at_end = {place.get(cited[int(number)].passage.id) for number in ends}
    seen: set[int] = set()

    def keep(match: re.Match[str]) -> str:
        index = place.get(cited[int(match[1])].passage.id)
        if index is None or index in at_end or index in seen:
            return ""
        seen.add(index)
        return slot(index)

    return SLOT.sub(keep, body)


def _table(said: str, cited: Sequence[Evidence]) -> Draft:
    """A Markdown table: each row is checked as a sentence of its heads and cells against what the row cites."""
    rows = [line.strip(" \t") for line in said.split("\n") if line.strip()]
    unique = list({item.passage.id: item for item in cited}.values())
    place = {item.passage.id: index for index, item in enumerate(unique)}
    heads = [_HEAD.sub(lambda match: match[0].lower(), head) for head in _cells(SLOT.sub("", rows[0]))]
    status: Status = "supported"
    reason = ""
    unverified: list[str] = []
    found: list[dict[str, None]] = [{} for _ in unique]
    for row in rows[1:]:
        if set(row) <= set("|:- \t"):
            continue
        own = list({item.passage.id: item for item in (cited[int(n)] for n in SLOT.findall(row))}.values())
        label, *cells = _cells(SLOT.sub("", row))
        told = [(head, cell) for head, cell in zip(heads[1:], cells, strict=False) if not _EMPTY_CELL.fullmatch(cell)]
        if cells and not (told or own):
            continue  # a row that says that there is nothing
        words = "; ".join(f"{head} {cell}".strip() for head, cell in ((heads[0], label), *told))
        verdict = verify_sentence(words, own)
        for item, figures in zip(own, _figures(verdict, len(own)), strict=True):
            found[place[item.passage.id]].update(dict.fromkeys(figures))
        if _WORST.index(verdict.status) > _WORST.index(status):
            status, reason = verdict.status, verdict.reason
        unverified.extend(verdict.unverified)
    text = SLOT.sub(lambda match: slot(place[cited[int(match[1])].passage.id]), "\n".join(rows))
    figures_found = tuple(tuple(each) for each in found)
    quotes = tuple(bearing(SLOT.sub("", said), i.passage.text, f) for i, f in zip(unique, figures_found, strict=True))
    if not unique:
        status, reason = "unsupported", reason or _said(text, "Nothing is cited for it.")
    return Draft(text, tuple(unique), quotes, figures_found, status, tuple(dict.fromkeys(unverified)), reason)


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def bearing(sentence: str, passage: str, figures: Sequence[str] = ()) -> tuple[int, int]:
    """Characters of a passage that bear a sentence out: the best of its sentences, widened to hold the found figures."""
    direct = find_quote(sentence.strip().rstrip(".。"), passage)
    if direct:
        return direct
    spans = sentences(passage)
    if len(passage) <= _WHOLE or len(spans) < 2:
        return 0, len(passage)
    wanted = terms_of(sentence) - analysis.STOP_TERMS
    texts = [passage[start:end] for start, end in spans]
    hits = [{figure for figure in figures if find_quote(figure, text)} for text in texts]
    shares = [len(wanted & terms_of(text)) + 3 * len(hit) for text, hit in zip(texts, hits, strict=True)]
    best = max(range(len(spans)), key=lambda index: (shares[index], -index))
    chosen, held = {best}, set(hits[best])
    for index in sorted(range(len(spans)), key=lambda index: -shares[index]):
        if hits[index] - held:
            chosen.add(index)
            held |= hits[index]
    return spans[min(chosen)][0], spans[max(chosen)][1]
