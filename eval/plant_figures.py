"""False figures planted in right sentences on any reports: ``python -m eval figures PATH...`` prints how many are caught.

Right sentences are made of the reports' own: word for word, with figures said otherwise, reworded, cut, put together from
two passages, and rows of tables put into words, with the change between two columns worked out. Each is then made false
in one place. Nothing here uses the check that is tested, nor its reading of figures.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval import plant_times
from eval.cases import UsageError
from eval.plant_false import false_ones
from eval.plant_tables import grid_of, sentences_of
from eval.plant_text import CJK, approximate, clause_of, paraphrased, reworded_figures
from rag import Evidence

_FIGURE = re.compile(
    r"\d(?:[\d,.]*\d)?\s?(?:%|million|billion|bn|mn|percentage|basis|bps?\b|亿|万|元|个百分点|倍|x\b)|[$€£¥]\s?\d|\d{1,3},\d{3}|\d\.\d"
)
_STOP = re.compile(r"(?<=[。!！?？;；])|(?<=[a-z0-9%)][.!?])\s+(?=[A-Z])|\n+")


@dataclass(frozen=True, slots=True)
class Plant:
    """A sentence and what it cites. ``made``: how the right sentence was made; ``fault``: what is false, or empty."""

    sentence: str
    sources: tuple[Evidence, ...]
    form: str
    lang: str
    made: str
    fault: str = ""


def plants_of(items: Sequence[Evidence], pick: random.Random) -> Iterator[Plant]:
    """Right and false sentences on the given passages."""
    for item in items:
        if item.passage.kind == "table":
            grid = grid_of(item)
            if grid:
                for made, sentence, false in sentences_of(grid, pick):
                    yield from _with_faults(sentence, (item,), "table", made, false, pick)
            continue
        form = "digest" if item.passage.locator.kind == "mark" else "prose"
        said = [each.strip() for each in _STOP.split(item.passage.text) if each and _usable(each.strip())]
        for sentence in pick.sample(said, min(2, len(said))):
            for made, right in _forms(sentence, pick):
                yield from _with_faults(right, (item,), form, made, [], pick)
            other = pick.choice(items)
            more = [each.strip() for each in _STOP.split(other.passage.text) if each and _usable(each.strip())]
            if other.passage.kind != "table" and other is not item and more and pick.random() < 0.5:
                yield from _with_faults(
                    _joined(sentence, pick.choice(more)), (item, other), form, "two passages", [], pick
                )


def _usable(sentence: str) -> bool:
    """A sentence of ordinary length with a figure in it; no part of a table or list of contents."""
    return (
        bool(_FIGURE.search(sentence))
        and 20 <= len(sentence) <= 400
        and " | " not in sentence
        and "...." not in sentence
        and not re.search(r"\d \d", sentence)
    )


def _forms(sentence: str, pick: random.Random) -> Iterator[tuple[str, str]]:
    yield "verbatim", sentence
    yield from reworded_figures(sentence, pick)
    yield from approximate(sentence, pick)
    yield "paraphrase", paraphrased(sentence, pick)
    cut = clause_of(sentence)
    if cut:
        yield "clause", paraphrased(cut, pick)


def _joined(one: str, two: str) -> str:
    """Two sentences as one."""
    if CJK.search(one):
        return f"{one.rstrip('。;；')};{two.rstrip('。;；')}。"
    return f"{one.rstrip('.;')}; {two.rstrip('.;')}."


def _with_faults(
    sentence: str,
    sources: tuple[Evidence, ...],
    form: str,
    made: str,
    own: Iterable[tuple[str, str]],
    pick: random.Random,
) -> Iterator[Plant]:
    lang = "zh" if CJK.search(sentence) else "en"
    yield Plant(sentence, sources, form, lang, made)
    texts = [sentence, *(item.passage.text for item in sources)]
    for fault, false in [*own, *false_ones(sentence, texts, pick)]:
        if false != sentence:
            yield Plant(false, sources, form, lang, made, fault)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the check said of a plant. ``right``: as it should be."""

    plant: Plant
    status: str
    reason: str
    right: bool


def checked(plants: Iterable[Plant]) -> Iterator[Outcome]:
    """Put every plant to the engine's check."""
    from rag.verify.sentence import verify_sentence

    for plant in plants:
        verdict = verify_sentence(plant.sentence, plant.sources)
        flagged = verdict.status != "supported"
        yield Outcome(plant, verdict.status, verdict.reason, flagged == bool(plant.fault))


def passages_of(paths: Sequence[Path]) -> list[Evidence]:
    """The passages of all reports under the paths. Raises UsageError when there are none."""
    from rag import Report
    from rag.errors import ReaderError
    from rag.readers import read_bytes
    from rag.reports.metadata import make_report
    from rag.reports.passages import make_passages

    files = [
        file for path in paths for file in (sorted(path.rglob("*")) if path.is_dir() else [path]) if file.is_file()
    ]
    out: list[Evidence] = []
    for file in files:
        try:
            parsed = read_bytes(file.read_bytes(), file.name, max_bytes=2**28)
        except ReaderError as error:
            print(f"left out: {error}")
            continue
        passages = make_passages(parsed, file.name)
        report: Report = make_report(parsed, str(file), file.name, len(passages))
        out.extend(Evidence(passage, report, 1.0) for passage in passages if passage.searchable)
    if not out:
        raise UsageError(f"There is no readable report under {', '.join(map(str, paths))}.")
    return out


def sample(items: Sequence[Evidence], limit: int, pick: random.Random) -> list[Evidence]:
    """Up to ``limit`` passages with figures, half of them tables where there are so many."""
    figures = [item for item in items if _FIGURE.search(item.passage.text)]
    tables = [item for item in figures if item.passage.kind == "table"]
    others = [item for item in figures if item.passage.kind != "table"]
    tables = pick.sample(tables, min(len(tables), limit // 2))
    return tables + pick.sample(others, min(len(others), limit - len(tables)))


def table(outcomes: Sequence[Outcome]) -> str:
    """Shares flagged: of right sentences by how they were made, of false ones by what is false, by form and language."""
    groups: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for each in outcomes:
        plant, flagged = each.plant, each.status != "supported"
        side = "false" if plant.fault else "right"
        for name in ("all", f"{plant.form}, {plant.lang}", plant.fault or plant.made):
            groups[side, name].append(flagged)
    lines = [f"{'':6}{'':24}{'flagged':>8}{'of':>8}"]
    for (side, name), flags in sorted(
        groups.items(), key=lambda item: (item[0][0] != "right", item[0][1] != "all", item[0])
    ):
        lines.append(f"{side:6}{name:24}{sum(flags) / len(flags):8.3f}{len(flags):8}")
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Plant, check, print; 1 when a limit is missed."""
    p = argparse.ArgumentParser("python -m eval figures", description=__doc__)
    p.add_argument("path", nargs="+", type=Path, help="reports, or folders of reports")
    p.add_argument("--limit", type=int, default=200, metavar="N", help="passages to make sentences of (default 200)")
    p.add_argument("--seed", type=int, default=1, help="of the choice of passages and changes (default 1)")
    p.add_argument("--failures", type=int, default=0, metavar="N", help="show N sentences that were judged wrongly")
    p.add_argument("--json", type=Path, metavar="OUT", help="write every sentence with its verdict")
    p.add_argument("--min-flagged", type=float, default=0.98, help="share of false sentences to flag (default 0.98)")
    p.add_argument(
        "--max-doubted", type=float, default=0.03, help="share of right sentences flagged at most (default 0.03)"
    )
    p.add_argument("--questions", type=Path, action="append", metavar="FILE", help="time the check of the answers, too")
    args = p.parse_args(argv)
    pick = random.Random(args.seed)
    items = sample(passages_of(args.path), args.limit, pick)
    plants = list(plants_of(items, pick))
    if not plants:
        raise UsageError("No sentence with a figure was found; give reports that have figures.")
    right = [(plant.sentence, plant.sources) for plant in plants if not plant.fault]
    spent = plant_times.cost(plant_times.answers_of(right, items, pick))
    outcomes = list(checked(plants))
    print(table(outcomes))
    for each in [each for each in outcomes if not each.right][: args.failures]:
        print(
            f"\n{each.plant.made} / {each.plant.fault or 'right'}: {each.plant.sentence}\n  {each.status}: {each.reason}"
        )
    if args.json:
        rows = [vars_of(each) for each in outcomes]
        args.json.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    rate = {
        side: [each.status != "supported" for each in outcomes if bool(each.plant.fault) == side]
        for side in (True, False)
    }
    flagged = sum(rate[True]) / max(len(rate[True]), 1)
    doubted = sum(rate[False]) / max(len(rate[False]), 1)
    print(
        f"\nfalse sentences flagged: {flagged:.3f} of {len(rate[True])}; right sentences flagged: {doubted:.3f} of {len(rate[False])}"
    )
    print(spent)
    if args.questions:
        print(plant_times.cost_of_answers(plant_times.answered(args.path, args.questions)))
    return 0 if flagged >= args.min_flagged and doubted <= args.max_doubted else 1


def vars_of(outcome: Outcome) -> dict[str, object]:
    """A line of the JSON file."""
    plant = outcome.plant
    places = [f"{item.report.stem}: {item.passage.id}" for item in plant.sources]
    names = ("sentence", "form", "lang", "made", "fault")
    return {name: getattr(plant, name) for name in names} | {
        "places": places,
        "status": outcome.status,
        "reason": outcome.reason,
    }
