"""What it costs to check an answer: CPU time of answers of five sentences, each of which cites three passages; and of the
answers to questions, with as many sentences and passages as they have.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

from eval.cases import load_cases
from eval.metrics import percentile
from eval.plant_text import CJK
from eval.runner import open_library
from rag import Evidence

SENTENCES, CITED, ANSWERS, TIMES = 5, 3, 60, 3
Checked = tuple[str, Sequence[Evidence]]


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of CPU time for each answer. ``ahead``: what is paid between a model's words and the verdict, its passages
    having been read while it wrote, which took ``reading`` (each the best of a few times, with texts that were never read).
    ``first``: where nothing of it was read before, words and passages alike."""

    ahead: tuple[float, ...]
    reading: tuple[float, ...]
    first: tuple[float, ...]
    size: str = "of five sentences on three passages each"

    def __str__(self) -> str:
        parts = [
            f"{name}: p50 {percentile(times, 0.5):.1f} ms, p95 {percentile(times, 0.95):.1f} ms"
            for name, times in (
                ("passages read while a model writes", self.ahead),
                ("reading them then", self.reading),
                ("all new", self.first),
            )
        ]
        return f"CPU time of checking {len(self.ahead)} answers {self.size}: {'; '.join(parts)}"


def answers_of(checked: Sequence[Checked], items: Sequence[Evidence], pick: random.Random) -> list[list[Checked]]:
    """Answers made of right sentences, five by five; each sentence cites its own passages and others up to three."""
    unique = list({sentence: sources for sentence, sources in checked}.items())
    pick.shuffle(unique)
    filled: list[Checked] = [
        (text, (*sources, *pick.sample(items, min(CITED, len(items))))[:CITED])
        for text, sources in unique[: SENTENCES * ANSWERS]
    ]
    return [filled[i : i + SENTENCES] for i in range(0, len(filled) - SENTENCES + 1, SENTENCES)] or [filled]


def answered(corpus: Sequence[Path], questions: Sequence[Path]) -> list[list[Checked]]:
    """The sentences of the answers to questions on reports, each with the passages that it cites; refusals left out.

    Asked in a process of its own: an answer is checked as it is made, and nothing of it would be new to this one.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_answered, corpus, questions).result()


def _answered(corpus: Sequence[Path], questions: Sequence[Path]) -> list[list[Checked]]:
    with open_library(corpus) as (library, _):
        there = {
            passage.id: Evidence(passage, report, 1.0)
            for report in library.reports()
            for passage in library.passages(report.id)
        }
        given = [library.ask(case.question, history=case.history) for path in questions for case in load_cases(path)]
    checked: list[list[Checked]] = [
        [(s.text, tuple(there[a.citations[i].passage_id] for i in s.citations)) for s in a.sentences if s.citations]
        for a in given
        if not a.refused
    ]
    return [each for each in checked if each]


def cost_of_answers(answers: Sequence[Sequence[Checked]]) -> Cost:
    """The same for answers as they come."""
    spent, sentences = cost(answers), [sentence for answer in answers for sentence in answer]
    cited = sum(len(passages) for _, passages in sentences)
    size = f"to the questions ({len(sentences) / len(answers):.1f} sentences each, {cited / len(sentences):.1f} passages each)"
    return replace(spent, size=size)


def cost(answers: Sequence[Sequence[Checked]]) -> Cost:
    """Check every answer once as it is; then with sentences and passages that no cache holds, the passages read ahead."""
    _milliseconds([(_OTHER_WORDS, (_anew(passage, 0),)) for _, (passage, *_) in answers[0][:1]])
    first = tuple(_milliseconds(answer) for answer in answers)
    again = [
        [_read_ahead([(text + _stop(text) * n, [_anew(p, n) for p in sources]) for text, sources in answer]) for n in range(1, TIMES + 1)]
        for answer in answers
    ]  # fmt: skip
    reading, ahead = (tuple(min(each[i] for each in times) for times in again) for i in (0, 1))
    return Cost(ahead, reading, first)


# Neither a name nor a word of a passage, so that it loads what a library has loaded when it is opened, lexicon and embedding.
_OTHER_WORDS = "Quiet gardens please patient walkers."


def _anew(passage: Evidence, times: int) -> Evidence:
    """A passage with a text and a title that were never read: they end in more blanks than before."""
    blanks = " " * times
    text, title = passage.passage.text + blanks, passage.report.title + blanks
    return Evidence(replace(passage.passage, text=text), replace(passage.report, title=title), passage.score)


def _read_ahead(answer: Sequence[Checked]) -> tuple[float, float]:
    """Milliseconds of reading the passages of an answer, each once, and then of checking it."""
    from rag.verify.ahead import read_ahead

    languages: tuple[Literal["en", "zh"], ...] = ("en", "zh")  # an answer of the engine is in one of them
    start = time.process_time()
    for language in languages:
        cited = [each for text, sources in answer if bool(CJK.search(text)) == (language == "zh") for each in sources]
        read_ahead({item.passage.id: item for item in cited}.values(), language)
    return 1000 * (time.process_time() - start), _milliseconds(answer)


def _stop(text: str) -> str:
    """The full stop of the text's language; the last character, doubled, could make a figure of it another one."""
    return "。" if CJK.search(text) else "."


def _milliseconds(answer: Sequence[Checked]) -> float:
    from rag.verify.sentence import verify_sentence

    start = time.process_time()
    for text, sources in answer:
        verify_sentence(text, sources)
    return 1000 * (time.process_time() - start)
