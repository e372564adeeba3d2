"""The nouns of the project: frozen values that travel from file to answer.

Conventions used everywhere: character offsets are 0-based and half-open (``text[start:end]``) into the report's
stored text; pages, paragraphs and marks are 1-based; for every score, higher is better; dates are ``datetime.date``.
Nothing here imports a third-party package.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

LocatorKind = Literal["mark", "page", "paragraph"]
BlockKind = Literal["statement", "paragraph", "table", "heading", "mark", "bullet", "chrome", "boilerplate"]
PassageKind = Literal["statement", "paragraph", "table"]
Status = Literal["supported", "partly", "unsupported"]
Language = Literal["en", "zh"]
ReportKind = Literal["digest", "text", "markdown", "html", "docx", "pdf"]


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a passage stands in its report: the numbers a reader of the report would look for."""

    kind: LocatorKind
    numbers: tuple[int, ...]

    @property
    def brackets(self) -> str:
        """``[5][64]``: every number in brackets of its own."""
        return "".join(f"[{number}]" for number in self.numbers)


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a file as its reader saw it; blocks are in order, do not overlap, and cover every non-space character.

    ``start``/``end``: characters of ``Parsed.text``. ``marks``: the report's own numbers for a statement, in the order
    they stand there. ``section``: the headings above it, outermost first. ``page``: 1-based physical page, where the
    format has pages.
    """

    kind: BlockKind
    start: int
    end: int
    marks: tuple[int, ...] = ()
    section: tuple[str, ...] = ()
    page: int | None = None


@dataclass(frozen=True, slots=True)
class PageSpan:
    """One physical page: 1-based ``number``, its printed label if it has one, and its characters of ``Parsed.text``."""

    number: int
    start: int
    end: int
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A metadata value with its provenance: the quote it was read from and where that stands.

    ``page`` is 1-based, or None where the format has no pages; ``source`` tells a rule's reading from a user's
    correction.
    """

    name: str
    value: str
    quote: str = ""
    start: int | None = None
    end: int | None = None
    page: int | None = None
    source: Literal["rule", "user"] = "rule"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a reader makes of a file: one text, which all spans refer to, and the blocks and fields found in it."""

    kind: ReportKind
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[PageSpan, ...] = ()
    fields: tuple[Found, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One document of the library. ``id``: sha256 (hex) of the file's bytes; ``file``: where it was last seen.

    ``rating_of``: whether the rating is of a company or of its industry; prices are in ``currency`` (ISO 4217).
    """

    id: str
    title: str
    file: str
    kind: ReportKind
    language: Language
    broker: str | None = None
    authors: tuple[str, ...] = ()
    date: date | None = None
    companies: tuple[str, ...] = ()
    tickers: tuple[str, ...] = ()
    rating: str | None = None
    previous_rating: str | None = None
    rating_of: Literal["company", "industry"] | None = None
    target_price: float | None = None
    previous_target_price: float | None = None
    currency: str | None = None
    period: str | None = None
    pages: int = 0
    passages: int = 0
    provenance: tuple[Found, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """The file's name without its folder."""
        return self.file.replace("\\", "/").rsplit("/", 1)[-1]

    @property
    def stem(self) -> str:
        """The file's name without folder and last extension, as accepted by every ``reports=`` argument."""
        name = self.file_name
        return name.rsplit(".", 1)[0] if "." in name.lstrip(".") else name

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready form; the date is ISO 8601, absent values are None."""
        return {
            "id": self.id,
            "title": self.title,
            "file": self.file,
            "kind": self.kind,
            "language": self.language,
            "broker": self.broker,
            "authors": list(self.authors),
            "date": self.date.isoformat() if self.date else None,
            "companies": list(self.companies),
            "tickers": list(self.tickers),
            "rating": self.rating,
            "previous_rating": self.previous_rating,
            "rating_of": self.rating_of,
            "target_price": self.target_price,
            "previous_target_price": self.previous_target_price,
            "currency": self.currency,
            "period": self.period,
            "pages": self.pages,
            "passages": self.passages,
            "provenance": [
                {"name": f.name, "value": f.value, "quote": f.quote, "page": f.page, "source": f.source}
                for f in self.provenance
            ],
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest citable piece; ``text`` is exactly ``report_text[start:end]``, without bullet and marks.

    ``ordinal``: 0-based position among the report's passages. ``paragraph``: 1-based. ``page``: 1-based or None.
    ``searchable``: False for legal boilerplate, which is kept but not retrieved. ``section``: headings, outermost first.
    """

    id: str
    report_id: str
    ordinal: int
    text: str
    start: int
    end: int
    kind: PassageKind
    locator: Locator
    paragraph: int
    section: tuple[str, ...] = ()
    page: int | None = None
    language: Language = "en"
    searchable: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage retrieved for a question. ``score``: fused, 0..1, higher is better; ``dense``/``lexical``: its parts."""

    passage: Passage
    report: Report
    score: float
    dense: float = 0.0
    lexical: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """The object that ``search --json`` lists."""
        return {
            "report_id": self.report.id,
            "file": self.report.file,
            "kind": self.passage.locator.kind,
            "numbers": list(self.passage.locator.numbers),
            "score": round(self.score, 6),
            "text": self.passage.text,
            "passage_id": self.passage.id,
            "report_title": self.report.title,
            "broker": self.report.broker,
            "date": self.report.date.isoformat() if self.report.date else None,
            "section": list(self.passage.section),
            "page": self.passage.page,
        }


@dataclass(frozen=True, slots=True)
class Citation:
    """A checked pointer into a report: ``quote`` is the slice ``start:end`` of the passage's text (not the report's).

    ``marker`` is what stands in the answer: ``[5][64]``, or ``[A5][A64]`` when the answer cites several reports.
    """

    marker: str
    report: Report
    passage_id: str
    locator: Locator
    quote: str
    start: int
    end: int
    figures: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The object under ``citations`` in ``ask --json``."""
        return {
            "marker": self.marker,
            "report_id": self.report.id,
            "report_title": self.report.title,
            "file": self.report.file,
            "broker": self.report.broker,
            "date": self.report.date.isoformat() if self.report.date else None,
            "kind": self.locator.kind,
            "numbers": list(self.locator.numbers),
            "quote": self.quote,
            "passage_id": self.passage_id,
            "start": self.start,
            "end": self.end,
            "figures": list(self.figures),
        }


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an answer. ``text`` ends in its markers; ``citations``: 0-based indices into the answer's list."""

    text: str
    citations: tuple[int, ...]
    status: Status = "supported"
    unverified_figures: tuple[str, ...] = ()
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "status": self.status,
            "citations": list(self.citations),
            "unverified_figures": list(self.unverified_figures),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """How an answer came about. ``seconds``: wall time by stage; tokens and cost are None where no model spoke."""

    seconds: dict[str, float] = field(default_factory=dict)
    dropped_markers: int = 0
    figures: int = 0
    figures_found: int = 0
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost: float | None = None
    model: str | None = None
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "seconds": {name: round(value, 6) for name, value in self.seconds.items()},
            "dropped_markers": self.dropped_markers,
            "figures": self.figures,
            "figures_found": self.figures_found,
            "tokens_in": self.tokens_in,
            "tokens_out": self.tokens_out,
            "cost": self.cost,
            "model": self.model,
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked and what the reports say to it.

    ``resolved``: the question as it was searched, when a follow-up was completed from the history. A refusal has
    ``refused`` set, no citations, and offers ``evidence`` as the nearest passages. ``notes``: what a reader must know
    beside the sentences (a relaxed filter, a newer report).
    """

    question: str
    text: str
    sentences: tuple[Sentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    refused: bool = False
    answerer: str = "extractive"
    resolved: str | None = None
    notes: tuple[str, ...] = ()
    diagnostics: Diagnostics = field(default_factory=Diagnostics)

    def to_dict(self) -> dict[str, Any]:
        """The object that ``ask --json`` prints."""
        return {
            "question": self.question,
            "resolved": self.resolved,
            "refused": self.refused,
            "text": self.text,
            "answerer": self.answerer,
            "sentences": [sentence.to_dict() for sentence in self.sentences],
            "citations": [citation.to_dict() for citation in self.citations],
            "evidence": [evidence.to_dict() for evidence in self.evidence],
            "notes": list(self.notes),
            "diagnostics": self.diagnostics.to_dict(),
        }

    def to_markdown(self) -> str:
        """Markdown with a footnote for each cited place: ``Broker, Title, date, p. 4, "quote"``."""
        from rag.answer.footnotes import markdown

        return markdown(self)


@dataclass(frozen=True, slots=True)
class AddResult:
    """The outcome for one file: ``status`` says what happened, ``message`` why, in one sentence."""

    file: str
    status: Literal["added", "unchanged", "replaced", "failed"]
    report: Report | None = None
    message: str = ""
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "status": self.status,
            "report_id": self.report.id if self.report else None,
            "title": self.report.title if self.report else None,
            "message": self.message,
            "warnings": list(self.report.warnings) if self.report else [],
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job is: ``done`` of ``total`` steps (files, or reports), ``bytes_done`` of ``bytes_total``.

    ``seconds``: since the start; ``passages``: stored so far; ``result``: the outcome of the step that just ended.
    """

    done: int
    total: int
    file: str = ""
    result: AddResult | None = None
    bytes_done: int = 0
    bytes_total: int = 0
    pages: int = 0
    passages: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Pages (or, where files have none, passages) per second so far."""
        return (self.pages or self.passages) / self.seconds if self.seconds > 0 else 0.0

    @property
    def remaining(self) -> float | None:
        """Seconds left, judged by bytes where they are known, else by steps; None before the first step ended."""
        share = self.bytes_done / self.bytes_total if self.bytes_total else self.done / max(self.total, 1)
        return self.seconds * (1 - share) / share if share > 0 else None
