"""Reports made up by rule, for measuring speed at any size: the same text for the same number, every time."""

from __future__ import annotations

import random
from pathlib import Path

from eval.cases import UsageError
from eval.make_corpus import make_pdf

_NAMES = "Alder Birch Cedar Dogwood Elm Fir Gorse Hazel Ivy Juniper Larch Maple Oak Pine Rowan Spruce Teak Willow Yew".split()
_TRADES = (
    "Mining Foods Robotics Shipping Semiconductors Insurance Energy Retail Chemicals Software Paper Steel Air".split()
)
_THINGS = (
    "revenue margin order volume capacity cost inventory price demand shipment backlog yield dividend debt".split()
)
_VERBS = "rose fell grew shrank improved slowed recovered stalled doubled eased widened narrowed".split()
_PLACES = "Europe Asia Brazil Canada Norway Kenya Chile Japan India Mexico Poland Spain Turkey Vietnam Egypt".split()
_WHY = (
    "because of new contracts;as customers ran down stocks;after the plant reopened;with the weaker currency;"
    "on higher freight rates;thanks to better yields;since two rivals left the market;owing to a mild winter;"
    "because a licence was granted;as wages went up;after a strike of three weeks;with the launch of a cheaper model"
).split(";")
PARAGRAPHS = 50  # in one report


def company(number: int) -> str:
    """The name of report ``number``'s company; names repeat, numbers do not."""
    return f"{_NAMES[number % len(_NAMES)]} {_TRADES[number // len(_NAMES) % len(_TRADES)]} {number}"


def paragraphs(number: int, count: int = PARAGRAPHS) -> list[str]:
    """The paragraphs of report ``number``, of some 60 words each."""
    rng = random.Random(number)
    return [" ".join(_sentence(rng, company(number)) for _ in range(4)) for _ in range(count)]


def _sentence(rng: random.Random, name: str) -> str:
    thing, verb, place = rng.choice(_THINGS), rng.choice(_VERBS), rng.choice(_PLACES)
    value, share = rng.randint(10, 9999) / 10, rng.randint(1, 600) / 10
    year = rng.randint(2015, 2025)
    return f"In {year} the {thing} of {name} in {place} {verb} by {share}% to {value:,} million {rng.choice(_WHY)}."


def question(number: int, reports: int) -> str:
    """A question about one of the first ``reports`` reports."""
    rng = random.Random(1_000_000 + number)
    name = company(rng.randrange(reports))
    return f"How did the {rng.choice(_THINGS)} of {name} in {rng.choice(_PLACES)} change in {rng.randint(2015, 2025)}?"


def write_texts(folder: Path, passages: int) -> int:
    """Text reports with this many paragraphs together; returns the number of reports."""
    reports = max(1, -(-passages // PARAGRAPHS))
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(reports):
        count = min(PARAGRAPHS, passages - number * PARAGRAPHS)
        body = "\n\n".join(paragraphs(number, count))
        (folder / f"report-{number:05d}.txt").write_text(f"{company(number)}\n\n{body}\n", encoding="utf-8")
    return reports


def write_pdfs(folder: Path, pages: int, per_file: int = 50) -> int:
    """PDF reports with this many pages together, a table on every third; returns the number of reports."""
    folder.mkdir(parents=True, exist_ok=True)
    files = max(1, -(-pages // per_file))
    for number in range(files):
        count = min(per_file, pages - number * per_file)
        body = "\n---\n".join(_page(number, page) for page in range(count))
        name = company(number)
        source = f"running: {name} | Annual report\n= {name}\n{body}\n"
        (folder / f"filing-{number:05d}.pdf").write_bytes(make_pdf(source))
    return files


def count_pages(folder: Path) -> int:
    """Pages of the PDF files in a folder. Raises UsageError when there are none."""
    import pypdfium2  # type: ignore[import-untyped]

    total = 0
    for path in sorted(folder.rglob("*.pdf")):
        document = pypdfium2.PdfDocument(path)
        total += len(document)
        document.close()
    if not total:
        raise UsageError(f"{folder} holds no PDF page; give a folder of PDF files.")
    return total


def _page(number: int, page: int) -> str:
    rng = random.Random(number * 1000 + page)
    lines = [f"== Section {page + 1}", *paragraphs(number * 1000 + page, 6)]
    if page % 3 == 0:
        lines += [f"Table: Figures of {company(number)} (million)", "| Item | 2025 | 2024 | 2023 |"]
        lines += [
            f"| {thing.title()} {rng.choice(_PLACES)} | {rng.randint(10, 9999):,} | {rng.randint(10, 9999):,} | "
            f"{rng.randint(10, 9999):,} |"
            for thing in _THINGS
        ]
    return "\n".join(lines)
