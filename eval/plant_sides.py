"""Comparisons in many words: ``python -m eval sides`` asks them of invented reports and prints how many cite every side.

Reports of invented companies by invented brokers are written in both languages; what is compared (companies, brokers,
periods, reports) is put into phrasings that no test of the engine holds. A side counts as cited when the answer cites the
statement that holds its value, or another of its own reports with the same value. Comparisons of what no report says have
to be refused.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.cases import UsageError
from eval.sides_text import ABSENT, ASKED, REPORTS, Fact

if TYPE_CHECKING:
    from rag import Answer, Library


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question: how many of its ``sides`` the answer cites, and whether a table with a citation in every cell."""

    kind: str
    lang: str
    question: str
    sides: int
    cited: int
    table: bool
    text: str

    @property
    def every(self) -> bool:
        return self.cited == self.sides


def write_reports(folder: Path) -> Path:
    """The invented reports as files, each statement under the number of its place."""
    folder.mkdir(parents=True, exist_ok=True)
    for stem, (title, broker, day, statements) in REPORTS.items():
        heading = "Core Insights" if title.isascii() else "核心观点"
        body = " ".join(f"- {text} [{number}]" for number, text in enumerate(statements, start=1))
        (folder / f"{stem}.txt").write_text(f"{title}\n{broker}·{day} 09:00\n\n{heading} {body}\n", encoding="utf-8")
    return folder


def questions() -> Iterator[tuple[str, str, str, tuple[Fact, ...]]]:
    """Kind, language, question and the facts of its sides."""
    for (kind, lang), (phrasings, fillings) in ASKED.items():
        for number, phrasing in enumerate(phrasings):
            for words, facts in (fillings[number % len(fillings)], fillings[(number + 1) % len(fillings)]):
                yield kind, lang, phrasing.format(**words), facts


def ask(library: Library) -> Iterator[Outcome]:
    """Every question, asked."""
    for kind, lang, question, facts in questions():
        answer = library.ask(question)
        cited = sum(_cites(answer, fact) for fact in facts)
        table = any(sentence.text.startswith("|") for sentence in answer.sentences)
        yield Outcome(kind, lang, question, len(facts), cited, table, answer.text)


def _cites(answer: Answer, fact: Fact) -> bool:
    stems, value = fact
    return any(c.report.stem in stems and value in c.quote for c in answer.citations)


def table(outcomes: Sequence[Outcome]) -> str:
    """By kind and language: the share that cites every side, and the share that comes as a table."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        for name in ("all", f"{each.kind}, {each.lang}"):
            groups[name].append(each)
    lines = [f"{'':16}{'every side':>12}{'as a table':>12}{'of':>6}"]
    for name, of in sorted(groups.items(), key=lambda item: (item[0] != "all", item[0])):
        every, tables = (sum(values) / len(of) for values in ([o.every for o in of], [o.table for o in of]))
        lines.append(f"{name:16}{every:12.3f}{tables:12.3f}{len(of):6}")
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Write, add, ask, print; 1 when too few questions cite every side."""
    from eval.runner import open_library

    p = argparse.ArgumentParser("python -m eval sides", description=__doc__)
    p.add_argument("--failures", action="store_true", help="show the questions that do not cite every side")
    p.add_argument("--min-cited", type=float, default=0.85, help="share that has to cite every side (default 0.85)")
    p.add_argument("--min-refused", type=float, default=0.9, help="share of the unanswerable to refuse (default 0.9)")
    args = p.parse_args(argv)
    if not 0 <= args.min_cited <= 1:
        raise UsageError(f"--min-cited is a share from 0 to 1, not {args.min_cited}.")
    with (
        tempfile.TemporaryDirectory(prefix="eval-sides-") as folder,
        open_library([write_reports(Path(folder) / "reports")]) as (library, _),
    ):
        outcomes = list(ask(library))
        wrong = [question for question in ABSENT if not library.ask(question).refused]
    print(table(outcomes))
    if args.failures:
        for each in outcomes:
            if not each.every:
                print(
                    f"\n{each.kind}, {each.cited} of {each.sides}: {each.question}\n  "
                    + each.text.replace("\n", "\n  ")
                )
    share = sum(each.every for each in outcomes) / len(outcomes)
    if args.failures:
        print("".join(f"\nanswered, though no report says it: {question}" for question in wrong))
    print(f"\nevery side cited: {share:.3f} of {len(outcomes)}")
    refused = 1 - len(wrong) / len(ABSENT)
    print(f"refused of what no report says: {refused:.3f} of {len(ABSENT)}")
    return 0 if share >= args.min_cited and refused >= args.min_refused else 1
