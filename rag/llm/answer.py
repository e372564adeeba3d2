"""The answer of a model: asked with the best passages, checked sentence by sentence, asked once more when it fails.

A draft passes when none of its sentences is unsupported and at most half of them are partly supported. One that does not
is sent back once with the reasons. What fails then is not shown: the extractive answer is given, and says why.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

from rag.answer.citations import cite
from rag.errors import ProviderError
from rag.language import analysis
from rag.language.wording import in_chinese
from rag.llm.call import BEAT
from rag.llm.check import QUOTED, SLOT, Said
from rag.llm.pack import Packed, pack
from rag.llm.prompt import Request, again, request
from rag.llm.provider import TooLong
from rag.llm.reader import Reader
from rag.llm.session import Session, Signal
from rag.types import Answer, Diagnostics, Evidence
from rag.verify.ahead import read_ahead

SHORTER = 0.5  # share of the room that is used after a server said that the request is too long
_REASONS = 6  # reasons that go back to the model
_NAMED = re.compile(r"《[^《》\n]*》|(?<![A-Za-z])[A-Z][A-Za-z]*")  # titles, and words in capitals
_LONGEST_NAME = 24  # letters: up to here an answer to a Chinese question may be a name alone, or a rating
_LONGEST_NAME_ZH = 8  # characters of one that answers an English question


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer of the model can be shown; ``why``: one sentence in the question's language."""

    why: str


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """The model finds no answer in the passages. ``missing``: what it names as not covered."""

    missing: tuple[str, ...] = ()


Outcome = Answer | Failed | NoAnswer
Growing = Generator[Answer, None, Outcome]


def write(session: Session, question: str, evidence: Sequence[Evidence], base: Answer) -> Growing:
    """Grow the answer to a complete question from ranked evidence; ``base`` carries what is known before.

    Yields growing answers, the same one again while nothing comes. Returns the whole answer, or why there is none.
    """
    chinese = analysis.language(question) == "zh"
    base = replace(base, answerer="llm")
    try:
        if session.broken is not None:
            raise session.broken
        try:
            return (yield from _drafts(session, question, evidence, base, 1.0))
        except TooLong:
            return (yield from _drafts(session, question, evidence, base, SHORTER))
    except ProviderError as error:
        return Failed(f"没有模型的回答:{in_chinese(str(error))}" if chinese else f"Not written by a model: {error}")


def _drafts(session: Session, question: str, evidence: Sequence[Evidence], base: Answer, share: float) -> Growing:
    chinese = analysis.language(question) == "zh"
    packed = pack(session.model, question, evidence, share=share)
    if not packed.evidence:
        raise ProviderError("OPENAI_CONTEXT_TOKENS leaves no room for a passage; make it larger.")
    base = replace(base, notes=(*base.notes, *_planted_note(packed, chinese)))
    asked = request(question, packed.evidence, packed.texts)
    threading.Thread(
        target=read_ahead, args=(packed.evidence, "zh" if chinese else "en"), daemon=True
    ).start()  # while the model thinks
    reader, ended = yield from _read(session, asked, base)
    if not reader.refused and (reasons := faults(reader) or _foreign(reader, chinese)):
        note = (
            "模型的初稿没有通过核对,正在重写。"
            if chinese
            else "The model's draft did not pass the check; it is asked once more."
        )
        redone = replace(base, notes=(*base.notes, note))
        yield redone
        session.notes.append(f"a draft failed the check: {len(reasons)} faults")
        reader, ended = yield from _read(session, again(asked, reader.raw, reasons), redone)
        if not reader.refused and (faults(reader) or _foreign(reader, chinese)):
            return Failed(_unshown(reader, chinese))
    if reader.refused:
        return NoAnswer(uncovered(reader, question))
    notes = [*base.notes, *_missing_note(reader, question, chinese)]
    if ended == "length":
        notes.append(
            "回答达到长度上限(OPENAI_MAX_TOKENS),后面的部分省略。"
            if chinese
            else "The answer was cut at its longest (OPENAI_MAX_TOKENS)."
        )
    return replace(grown(base, reader), notes=tuple(notes))


def _read(session: Session, asked: Request, base: Answer) -> Generator[Answer, None, tuple[Reader, str]]:
    """One draft, read to its end; sentences show as they are checked."""
    reader, shown, last = Reader(asked.ids), base, time.monotonic()
    reply = session.read(asked.messages)
    try:
        while True:
            try:
                event = next(reply)
            except StopIteration as end:
                reader.finish(cut=end.value == "length")
                return reader, end.value
            if event is Signal.AGAIN:
                reader, shown = Reader(asked.ids), base
            elif isinstance(event, str):
                before = len(reader.said)
                reader.feed(event)
                if len(reader.said) != before:
                    shown = grown(base, reader)
                elif time.monotonic() - last < BEAT:
                    continue
            yield shown
            last = time.monotonic()
    finally:
        reply.close()


def faults(reader: Reader) -> list[str]:
    """Why a draft cannot be shown, a sentence each with its reason; empty when it can."""
    if not reader.said:
        return ["It has no sentence."]
    bad = [said for said in reader.said if said.draft.status == "unsupported"]
    partly = [said for said in reader.said if said.draft.status == "partly"]
    if not bad and len(partly) * 2 <= len(reader.said):
        return []
    return [_fault(said) for said in (*bad, *partly)][:_REASONS]


def _foreign(reader: Reader, chinese: bool) -> list[str]:
    """The same for a draft in another language than the question's; names in it and what it quotes may be."""
    own = _NAMED.sub("", QUOTED.sub("", " ".join(SLOT.sub("", said.draft.text) for said in reader.said)))
    letters = sum(map(str.isalpha, own))
    written = len(re.findall(f"[{analysis.CJK}]", own))
    foreign = not written and letters > _LONGEST_NAME if chinese else written > max(letters / 2, _LONGEST_NAME_ZH)
    return [f"It is not in {'Chinese' if chinese else 'English'}."] if foreign else []


def _fault(said: Said) -> str:
    words = " ".join(SLOT.sub("", said.draft.text).split())
    words = words if len(words) <= 120 else words[:117] + "..."
    figures = ", ".join(said.draft.unverified_figures)
    what = said.draft.reason or (f"not in the cited passages: {figures}" if figures else "not supported")
    return f"“{words}”: {what.rstrip('.')}."


def grown(base: Answer, reader: Reader) -> Answer:
    """The answer with the sentences that were read so far."""
    drafts = [said.draft for said in reader.said]
    sentences, citations = cite(drafts)
    text = "".join(said.lead + sentence.text for said, sentence in zip(reader.said, sentences, strict=True))
    found = sum(len(citation.figures) for citation in citations)
    missed = sum(len(sentence.unverified_figures) for sentence in sentences)
    return replace(
        base,
        text=text,
        sentences=sentences,
        citations=citations,
        diagnostics=Diagnostics(figures=found + missed, figures_found=found, dropped_markers=reader.dropped),
    )


def _unshown(reader: Reader, chinese: bool) -> str:
    """Why the model's words are not shown; without quoting them, which may be anybody's."""
    bad = [said.draft for said in reader.said if said.draft.status != "supported"]
    if not bad:
        why = "不是用中文写的" if chinese else "it is not in English"
    elif not any(draft.evidence for draft in bad):
        why = "句子没有引用来源" if chinese else "it cites nothing for what it says"
    elif any(draft.unverified_figures for draft in bad):
        why = "有数字在所引段落中查不到" if chinese else "it has figures that the cited passages do not hold"
    else:
        why = "所引段落不支持其说法" if chinese else "the cited passages do not say what it says"
    if chinese:
        return f"模型的回答两次没有通过核对({why}),因此给出报告原句。"
    return f"The model's answer failed the check twice ({why}), so the reports' own sentences are given."


def uncovered(reader: Reader, question: str) -> tuple[str, ...]:
    """What the reply says is not covered, as far as it says so in words of the question."""
    asked = frozenset(analysis.terms(question))
    return tuple(words for words in reader.missing if (own := analysis.content_terms(words)) and asked.issuperset(own))


def _planted_note(packed: Packed, chinese: bool) -> tuple[str, ...]:
    files = ", ".join(report.file_name for report in packed.planted[:3])
    if not files:
        return ()
    if chinese:
        return (f"{files} 中有写给语言模型的指令,未交给模型。",)
    return (f"{files} holds instructions to language models; they were kept from the model.",)


def _missing_note(reader: Reader, question: str, chinese: bool) -> tuple[str, ...]:
    if not reader.missing:
        return ()
    words = ("、" if chinese else "; ").join(uncovered(reader, question)).rstrip(".。")
    if chinese:
        return (f"检索到的段落没有涵盖:{words}。" if words else "检索到的段落只涵盖了问题的一部分。",)
    return (f"Not covered by the passages: {words}." if words else "The passages cover only a part of the question.",)
