"""Follow-ups made of questions that stand alone: ``python -m eval followups --corpus DIR --questions FILE``.

Of two questions on the same report the second is shortened the way people do in a conversation: its name becomes `it`, a
question that differs in its period alone becomes `And in 2023?`, one that differs in its metric alone `And its capex?`.
Both forms are asked, the short one with the first question as its history, and scored alike.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

from eval.cases import Case, UsageError, load_cases
from eval.runner import open_library, run

_CJK = re.compile(r"[\u4e00-\u9fff]")
_NAME = re.compile(r"\b[A-Z][\w&-]*(?:\s+(?:&\s+)?[A-Z][\w&-]*)*")
_NO_NAMES = frozenset(
    "What Which Who How Why When Where In On At From By The Is Are Was Were Do Does Did List Name Give Lay Break Until According Under To For If Q1 Q2 Q3 "
    "January February March April May June July August September October November December HKD CNY USD EUR EBIT EPS P/E H A".split()
)
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_OPENERS = ("And ", "", "And ")
_ZH_OPENERS = ("那", "", "那么")
COMPARED = ("passed", "report_hit@1", "place_hit@5", "must_contain", "citation_recall", "false_refusal")


def pairs_of(cases: Sequence[Case], pick: random.Random) -> Iterator[tuple[Case, Case]]:
    """(as asked in full, as a follow-up) for every question that has an earlier one to lean on."""
    groups: dict[tuple[str, ...], list[Case]] = defaultdict(list)
    for case in cases:
        if case.answerable and not case.history and case.docs:
            groups[tuple(case.docs)].append(case)
    for group in groups.values():
        for case in group:
            for form in _forms(case, [each for each in group if each is not case], pick):
                yield case, form


def _forms(case: Case, others: Sequence[Case], pick: random.Random) -> Iterator[Case]:
    """At most two short forms of a question, each with the question that it follows."""
    made: list[tuple[str, str]] = []
    for other in pick.sample(list(others), len(others)):
        made.extend(
            (other.question, short)
            for short in (_by_period(case.question, other.question), _by_name(case.question, other.question, pick))
            if short
        )
        if made:
            break
    for number, (before, short) in enumerate(made[:2]):
        yield replace(case, id=f"{case.id}-f{number}", question=short, history=(before,), kind="followup")


def _by_period(question: str, other: str) -> str:
    """`And in 2023?` where two questions differ in a year alone."""
    mine, theirs = _YEAR.findall(question), _YEAR.findall(other)
    if len(mine) != 1 or len(theirs) != 1 or mine == theirs or _YEAR.sub("#", question) != _YEAR.sub("#", other):
        return ""
    return f"那{mine[0]}呢?" if _CJK.search(question) else f"And in {mine[0]}?"


def _by_name(question: str, other: str, pick: random.Random) -> str:
    """The question with a name that both share said as `it`; in Chinese 它."""
    if bool(_CJK.search(question)) != bool(_CJK.search(other)):
        return ""
    if _CJK.search(question):
        block = SequenceMatcher(None, question, other, autojunk=False).find_longest_match()
        name = re.sub(r"^[\d年月的在]+|[\d年月的在,，]+.*$", "", question[block.a : block.a + block.size])
        if len(name) < 2 or not _CJK.search(name) or question.count(name) != 1 or re.search("[多少几哪什么何]", name):
            return ""
        return pick.choice(_ZH_OPENERS) + question.replace(name, "它")
    names = [name for name in _NAME.findall(question) if name.split()[0] not in _NO_NAMES]
    shared = [name for name in names if name in other]
    if len(shared) != 1 or f"the {shared[0]}" in question or question.count(shared[0]) != 1 or len(names) != 1:
        return ""
    short = re.sub(rf"\b{re.escape(shared[0])}['’]s?\b", "its", question)
    short = re.sub(rf"\b{re.escape(shared[0])}\b", "it", short)
    metric = re.fullmatch(r"What (?:was|were|is|are) its ([^?]+?)(?: in (?:Q\d )?\d{4})?\?", short)
    if metric and (not (years := _YEAR.findall(question)) or years == _YEAR.findall(other)):
        return f"And its {metric[1]}?"
    opener = pick.choice(_OPENERS)
    return opener + (short[0].lower() + short[1:] if opener else short)


def main(argv: Sequence[str] | None = None) -> int:
    """Ask both forms, print both scores; 1 when the follow-ups are worse by more than ``--within``."""
    p = argparse.ArgumentParser("python -m eval followups", description=__doc__)
    p.add_argument(
        "--corpus", type=Path, action="append", required=True, metavar="DIR", help="reports to ask (may be repeated)"
    )
    p.add_argument(
        "--questions", type=Path, action="append", required=True, metavar="FILE", help="question file (may be repeated)"
    )
    p.add_argument("--seed", type=int, default=1, help="of the choice of pairs (default 1)")
    p.add_argument("--limit", type=int, metavar="N", help="at most N pairs")
    p.add_argument("--within", type=float, default=0.05, help="how much worse follow-ups may be (default 0.05)")
    p.add_argument(
        "--failures", action="store_true", help="list the follow-ups that failed where the full question passed"
    )
    args = p.parse_args(argv)
    pick = random.Random(args.seed)
    pairs = list(pairs_of([case for file in args.questions for case in load_cases(file)], pick))
    if not pairs:
        raise UsageError("No two questions on one report share a name or a form; give a larger question file.")
    if args.limit and len(pairs) > args.limit:
        pairs = pick.sample(pairs, args.limit)
    with open_library(tuple(args.corpus)) as (library, _):
        full = run(library, [replace(case, id=short.id) for case, short in pairs])
        short = run(library, [case for _, case in pairs])
    worse = False
    print(f"{len(pairs)} pairs\n{'':18}{'full':>8}{'follow-up':>11}")
    for metric in COMPARED:
        one, two = ([r.scores[metric] for r in results if metric in r.scores] for results in (full, short))
        if one and two:
            before, after = sum(one) / len(one), sum(two) / len(two)
            worse = worse or (metric == "passed" and before - after > args.within)
            print(f"{metric:18}{before:8.3f}{after:11.3f}")
    for a, b in zip(full, short, strict=True):
        if args.failures and a.passed and not b.passed:
            print(
                f"\n{b.case.history[-1]}\n  {b.case.question}\n  -> {(b.answer or {}).get('resolved')}\n  {'; '.join(b.problems)}"
            )
    return int(worse)
