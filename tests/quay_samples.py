"""A harbour's reports, citations and turns that the tests of what the page shows are about; and hostile texts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rag.types import Answer, Citation, Locator, Passage, Report, Sentence
from ui.i18n import texts
from ui.turns import Turn

EN, ZH = texts("en"), texts("zh")
REPORT = Report(
    id="ab" * 32,
    title="Harbour cranes: orders turn",
    file="cranes.txt",
    kind="digest",
    language="en",
    broker="NORTH QUAY",
    date=date(2025, 5, 6),
    rating="Buy",
)
OTHER = replace(REPORT, id="cd" * 32, title="起重机行业跟踪", broker="海桥证券", date=date(2025, 6, 1), language="zh")
HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "![x](http://evil.example/a.png)",
    "[click](http://evil.example)",
    "http://evil.example/path",
    "${alert(1)} {{constructor.constructor('alert(1)')()}}",
    "`code` $$x^2$$ \\(y\\)",
    "</div></div><style>*{display:none}</style>",
    "a\u202eevil\u202c \u0000\x1b[31m",
    'quote" onmouseover="alert(1)',
    "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "line\n\n\nblank lines\n\n# heading\n- item",
    "javascript:alert(1) [5](javascript:alert(1))",
]


def passage(report: Report, text: str, ordinal: int = 0, numbers: tuple[int, ...] = (5,), start: int = 0) -> Passage:
    return Passage(
        id=f"{report.id[:16]}-{ordinal:05d}",
        report_id=report.id,
        ordinal=ordinal,
        text=text,
        start=start,
        end=start + len(text),
        kind="statement",
        locator=Locator("mark", numbers),
        paragraph=ordinal + 1,
        section=("Orders",),
    )


def citation(report: Report, text: str, marker: str, ordinal: int = 0, numbers: tuple[int, ...] = (5,)) -> Citation:
    cited = passage(report, text, ordinal, numbers)
    return Citation(marker, report, cited.id, cited.locator, text, 0, len(text))


def turn(answer: Answer | None, state: str = "done", **fields: object) -> Turn:
    return Turn(key="k1", question="Why?", answer=answer, state=state, **fields)  # type: ignore[arg-type]


def plain_answer(text: str = "Orders rose 12%") -> Answer:
    said = f"{text} [5]."
    return Answer("q", said, (Sentence(said, (0,)),), (citation(REPORT, text, "[5]"),))
