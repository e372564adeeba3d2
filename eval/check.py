"""Proves question sets: ``python -m eval check`` shows that each case can be answered from where it says, or not at all.

Of an answerable case: its reports are there, its locators exist, every ``must`` pattern and every ``evidence`` snippet
(``[["stem", "text"]]``) stands in a passage at them. Of an unanswerable one: the pattern ``absent`` occurs in no report.
A ``twin`` names the case that asks the same in another language, or in full where this one is a follow-up.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from eval import metrics
from eval.cases import Case, UsageError, load_cases

if TYPE_CHECKING:
    from rag import Library, Passage

_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def main(argv: Sequence[str] | None = None) -> int:
    """Check the shipped sets, or the one given; 1 when a case is not what it says."""
    from eval.runner import open_library
    from eval.suites import SHIPPED, Suite

    p = argparse.ArgumentParser(
        "python -m eval check", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    p.add_argument("--corpus", type=Path, action="append", metavar="DIR", help="reports (may be repeated)")
    p.add_argument("--questions", type=Path, action="append", metavar="FILE", help="question file (may be repeated)")
    args = p.parse_args(argv)
    if bool(args.corpus) != bool(args.questions):
        raise UsageError("check needs --corpus and --questions together, or neither for the shipped sets.")
    suites = (Suite("set", tuple(args.corpus), tuple(args.questions)),) if args.corpus else SHIPPED
    wrong = unproved = total = 0
    for suite in suites:
        cases = [case for path in suite.questions for case in load_cases(path)]
        with open_library(suite.corpus) as (library, corpus):
            everything = texts_of(library)
            found = {case.id: problems(case, library, everything) for case in cases}
        failed = [f"{file} could not be read: {reason}" for file, reason in corpus.failed]
        lines = failed + set_problems(cases) + [f"{id_}: {text}" for id_, texts in found.items() for text in texts]
        print("".join(f"{line}\n" for line in lines), end="")
        wrong += len(lines)
        total += len(cases)
        unproved += sum(not case.answerable and "absent" not in case.extra for case in cases)
    note = f"; {unproved} unanswerable cases give no 'absent' pattern and are taken on trust" if unproved else ""
    print(f"{total} cases checked, {wrong or 'no'} problem{'' if wrong == 1 else 's'}{note}")
    return 1 if wrong else 0


def texts_of(library: Library) -> dict[str, str]:
    """Every report's whole text, by file stem."""
    return {report.stem: library.text(report.id) for report in library.reports()}


def problems(case: Case, library: Library, everything: Mapping[str, str] | None = None) -> list[str]:
    """What is wrong with one case, given the library it is asked of; empty when it is proved.

    ``everything``: ``texts_of(library)``, where many cases are checked.
    """
    if not case.answerable:
        return _present(case, texts_of(library) if everything is None else everything)
    held = {report.stem: report.id for report in library.reports()}
    if gone := sorted({place.stem for place in case.places} - set(held)):
        return [f"no report {stem!r}" for stem in gone]
    found, texts = [], dict[str, str]()
    for place in case.places:
        passages = at(library.passages(held[place.stem]), place.numbers)
        known = {number for passage in passages for number in passage.locator.numbers}
        if missing := sorted(place.numbers - known):
            found.append(f"{place.stem} has no {missing}")
        texts[place.stem] = texts.get(place.stem, "") + "\n".join(passage.text for passage in passages) + "\n"
    there = "\n".join(texts.values())
    found += [f"{pattern!r} is at none of its places" for pattern in metrics.missing(case.must, there)]
    for stem, snippet in case.extra.get("evidence", ()):
        if isinstance(snippet, str) and plain(snippet) not in plain(texts.get(stem, "")):
            found.append(f"{snippet!r} is not at its places in {stem}")
    return found


def at(passages: Iterable[Passage], numbers: frozenset[int]) -> list[Passage]:
    """The passages at any of these locators."""
    return [passage for passage in passages if numbers.intersection(passage.locator.numbers)]


def _present(case: Case, texts: Mapping[str, str]) -> list[str]:
    pattern = case.extra.get("absent")
    if pattern is None:
        return []
    # What begins with `.*` looked ahead is found from the start or nowhere; searching on would take quadratic time.
    look = re.match if pattern.startswith("(?=.*") else re.search
    hits = {stem: found for stem, text in texts.items() if (found := look(pattern, text, re.S | re.I))}
    return [f"{stem} may answer it: {found[0][-80:]!r}" for stem, found in hits.items()]


def set_problems(cases: Sequence[Case]) -> list[str]:
    """What is wrong with a set as a whole: questions asked twice, twins that are not there, languages mixed up."""
    ids = {case.id: case for case in cases}
    found, seen = [], dict[tuple[object, ...], str]()
    for case in cases:
        asked = (case.question, case.history, str(sorted(case.filters.items())))
        if asked in seen:
            found.append(f"{case.id}: asks the same as {seen[asked]}")
        seen[asked] = case.id
        if (case.lang == "zh") != is_chinese(case.question):
            found.append(f"{case.id}: lang is {case.lang!r}, the question reads {case.question[:40]!r}")
        if case.answerable and not case.places and not case.must:
            found.append(f"{case.id}: nothing says what a right answer is")
        twin = case.extra.get("twin")
        if twin is not None and (twin not in ids or not ids[twin].answerable):
            found.append(f"{case.id}: its twin {twin!r} is no answerable case of the set")
    return found


def plain(text: str) -> str:
    """A text without white space and table bars, which differ between formats."""
    return re.sub(r"[\s|]", "", text)


def is_chinese(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return _CHINESE.search(text) is not None
