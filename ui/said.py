"""The text of an answer as HTML: paragraphs, lists, tables, chips for citations, marks on what is not supported. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote as url_quote

from rag.language.analysis import language
from rag.types import Answer, Citation, Locator, Report, Sentence
from rag.verify.reasons import in_chinese
from ui import marks
from ui.i18n import Words
from ui.safe import RULE, esc, grid_lines

_BULLET = re.compile(r"^\s*(?:[-*•·]|(?P<number>\d{1,3})[.)])\s+")
_HEADING = re.compile(r"^\s*(?:#{1,6}\s+(?P<hash>.+)|\*\*(?P<bold>[^*]+)\*\*[:：]?)\s*$")
_NUMBER = re.compile(r"^[\s\d.,%()+-]+$")
_DAY = re.compile(r"(?<=\s)\(\d{4}-\d\d-\d\d\)(?=</[^<>]*>$|$)")  # behind the name of a side
_WHOLE_DAY = r'<span class="day">\g<0></span>'
_BOLD = re.compile(r"\*\*([^*]+)\*\*")

_SIGNS = {"mark": "[", "page": "p. ", "paragraph": "¶ "}  # as the engine's notes write places
_PLACE = re.compile(
    r"[(（](?P<who>[^()（）;；]+), (?P<day>\d{4}-\d\d-\d\d), (?P<place>(?:\[\d{1,5}\])+|(?:p\.|¶) \d{1,5}(?:, \d{1,5})*)[)）]"
)

Kind = Literal["p", "more", "h4", "ul", "ol", "table"]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of answer text; ``sentence`` is its index in the answer, or None for text between sentences.

    ``first`` and ``last``: whether the run begins and ends its sentence.
    """

    text: str
    sentence: int | None = None
    first: bool = False
    last: bool = False


_Line = list[_Piece]


@dataclass(frozen=True, slots=True)
class _Talk:
    """What every function here needs: the turn's key, the answer, the words, and whether the answer is complete."""

    key: str
    answer: Answer
    t: Words
    final: bool


def said_html(key: str, answer: Answer, t: Words, *, final: bool) -> str:
    """The answer's text. ``key`` names the turn in links; a growing answer (not ``final``) shows no verdicts yet."""
    talk = _Talk(key, answer, t, final)
    return "".join(_block(kind, lines, talk) for kind, lines in _blocks(_split(answer)))


def _split(answer: Answer) -> list[_Line]:
    """The answer's text as lines of pieces, empty lines left out, and those that stand below it as notes."""
    lines: list[_Line] = [[]]
    for text, sentence in marks.segments(answer):
        parts = text.split("\n")
        for number, part in enumerate(parts):
            if number:
                lines.append([])
            if part:
                lines[-1].append(_Piece(part, sentence, number == 0, number == len(parts) - 1))
    noted = {note.strip() for note in answer.notes}
    return [
        line for line in lines if (raw := _raw(line).strip()) and (raw not in noted or line[0].sentence is not None)
    ]


def _raw(line: _Line) -> str:
    return "".join(piece.text for piece in line)


def _blocks(lines: Sequence[_Line]) -> list[tuple[Kind, list[_Line]]]:
    """Neighbouring lines of one kind together: list items, rows of a table."""
    out: list[tuple[Kind, list[_Line]]] = []
    grid = grid_lines("\n".join(map(_raw, lines)))
    for line, in_table in zip(lines, grid, strict=False):
        kind = "table" if in_table else _kind(line)
        if out and out[-1][0] == kind and kind in ("ul", "ol", "table"):
            out[-1][1].append(line)
        else:
            out.append((kind, [line]))
    return out


def _kind(line: _Line) -> Kind:
    raw = _raw(line)
    if bullet := _BULLET.match(raw):
        return "ol" if bullet["number"] else "ul"
    if _HEADING.match(raw):
        return "h4"
    return "p" if line[0].sentence is None or line[0].first else "more"


def _block(kind: Kind, lines: list[_Line], talk: _Talk) -> str:
    if kind == "table":
        return _table(lines, talk)
    if kind in ("ul", "ol"):
        bullets = [_BULLET.match(_raw(line)) for line in lines]
        items = [_line(_without_start(line, b.end() if b else 0), talk) for line, b in zip(lines, bullets, strict=True)]
        first = bullets[0]["number"] if bullets[0] else None
        start = f' start="{int(first)}"' if first else ""
        return f"<{kind}{start}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{kind}>"
    if kind == "h4" and (heading := _HEADING.match(_raw(lines[0]))):
        return f"<h4>{esc(heading['hash'] or heading['bold'])}</h4>"
    name = ' class="more-of"' if kind == "more" else ""
    return f"<p{name}>{_line(lines[0], talk)}</p>"


def _without_start(line: _Line, drop: int) -> _Line:
    kept: _Line = []
    for piece in line:
        text = piece.text[drop:]
        drop = max(0, drop - len(piece.text))
        if text:
            kept.append(_Piece(text, piece.sentence, piece.first, piece.last))
    return kept


def _line(line: Iterable[_Piece], talk: _Talk) -> str:
    return "".join(_bold(esc(p.text)) if p.sentence is None else _sentence(p, talk) for p in line)


def _table(lines: list[_Line], talk: _Talk) -> str:
    ruled = any(RULE.match(_raw(line)) for line in lines[1:2])
    rows = [_cells(line) for line in lines if not RULE.match(_raw(line))]
    if not rows:
        return ""
    headed = ruled or not any(_NUMBER.match(_raw(cell)) for cell in rows[0] if cell)
    width = max(map(len, rows))
    html = [[_line(cell, talk) for cell in row] + [""] * (width - len(row)) for row in rows]
    head = "<thead><tr>" + "".join(f"<th>{cell}</th>" for cell in html[0]) + "</tr></thead>" if headed else ""
    body = "".join(
        "<tr>" + "".join(f"<td>{_DAY.sub(_WHOLE_DAY, cell)}</td>" for cell in row) + "</tr>" for row in html[headed:]
    )
    return f'<div class="table"><table>{head}<tbody>{body}</tbody></table></div>'


def _cells(line: _Line) -> list[_Line]:
    cells: list[_Line] = [[]]
    for piece in line:
        parts = piece.text.split("|")
        for number, part in enumerate(parts):
            if number:
                cells.append([])
            if part.strip():
                last = piece.last and not "".join(parts[number + 1 :]).strip()
                cells[-1].append(_Piece(part.strip(), piece.sentence, False, last))
    if _raw(line).lstrip().startswith("|"):
        del cells[0]
    return cells[:-1] if len(cells) > 1 and not cells[-1] else cells


def _sentence(piece: _Piece, talk: _Talk) -> str:
    sentence = talk.answer.sentences[piece.sentence or 0]
    inner = _inline(sentence, piece.text, talk)
    if not talk.final or sentence.status == "supported":
        return f'<span class="s">{inner}</span>'
    reason = _reason(sentence, talk)
    why = f' title="{esc(reason)}"' if reason else ""
    tag = f'<span class="tag {sentence.status}">{esc(talk.t[sentence.status])}</span>' if piece.last else ""
    tag += f'<span class="reason">{esc(reason)}</span>' if piece.last and reason else ""
    return f'<span class="s {sentence.status}"{why}>{inner}</span>{tag}'


def _reason(sentence: Sentence, talk: _Talk) -> str:
    """Why a sentence is in doubt; on a Chinese page in Chinese, whatever language the sentence is in."""
    if talk.t["tongue"] == "zh" and sentence.reason and language(sentence.reason) != "zh":
        return in_chinese(sentence.reason)
    return sentence.reason


def _inline(sentence: Sentence, text: str, talk: _Talk) -> str:
    """Escaped text with every resolvable bracket as a chip; other brackets stay ordinary text."""
    out: list[str] = []
    for part in marks.split(text, sentence, talk.answer):
        if isinstance(part, str):
            out.append(_figures(part, sentence, talk))
        else:
            c = talk.answer.citations[part.index]
            out.append(chip(talk.key, part.index, c.passage_id, c.start, c.end, part.text, tip(c, talk.t)))
    return "".join(out)


def _figures(text: str, sentence: Sentence, talk: _Talk) -> str:
    """Escaped text in which figures that the sources do not hold are marked."""
    figures = [figure for figure in sentence.unverified_figures if figure]
    if not figures or not talk.final:
        return _bold(esc(text))
    longest_first = "|".join(re.escape(figure) for figure in sorted(figures, key=len, reverse=True))
    parts = re.split(f"({longest_first})", text)
    mark = f'<mark class="figure" title="{esc(talk.t["figure_unverified"])}">'
    return "".join(f"{mark}{esc(part)}</mark>" if n % 2 else _bold(esc(part)) for n, part in enumerate(parts))


def _bold(escaped: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", escaped)


def chip(key: str, index: int, passage_id: str, start: int, end: int, label: str, title: str = "") -> str:
    """A citation to click: its address says the turn, the index in the answer, the passage and the quoted characters."""
    target = f"#cite/{key}/{index}/{url_quote(passage_id, safe='')}/{start}-{end}"
    hint = f' title="{esc(title)}"' if title else ""
    return f'<a class="cite" href="{target}"{hint}>{esc(label)}</a>'


def aside(note: str) -> str:
    """A note as HTML; the places that it names, ``(BROKER, 2026-02-10, [5])``, open like citations."""
    out, at = [], 0
    for match in _PLACE.finditer(note):
        kind = next(name for name, sign in _SIGNS.items() if match["place"].startswith(sign))
        target = "/".join(url_quote(part, safe="") for part in (match["who"].strip(), match["day"], kind))
        out.append(esc(note[at : match.start("place")]) + ("" if kind == "mark" else esc(_SIGNS[kind])))
        for number in re.finditer(r"\[?\d+\]?", match["place"]):
            out.append(f'<a class="cite" href="#place/{target}/{number[0].strip("[]")}">{esc(number[0])}</a>')
        at = match.end("place")
    return "".join([*out, esc(note[at:])])


def place(locator: Locator, t: Words) -> str:
    """``page 4``, ``mark 5, 64``: where a passage stands, in words."""
    return t[f"place_{locator.kind}"].format(n=", ".join(str(number) for number in locator.numbers))


def origin(report: Report) -> str:
    """``BROKER · 2026-02-10``; without a broker the companies, and the file's name where nothing else is known."""
    who = report.broker or ", ".join(report.companies[:2])
    parts = [part for part in (who, report.date.isoformat() if report.date else "") if part]
    return " · ".join(parts) if who else " · ".join([report.stem, *parts])


def tip(citation: Citation, t: Words) -> str:
    """What a screen reader says at a citation: report, broker, date, place."""
    return f"{citation.report.title} · {origin(citation.report)} · {place(citation.locator, t)}"
