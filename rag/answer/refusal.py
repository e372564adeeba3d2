"""The words of a refusal: what was searched, what is missing, and that the nearest passages are not an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.language.lexicon import named_in
from rag.question.concepts import Asked
from rag.types import Report

QUOTED = 240  # characters of a passage that a refusal quotes
MOST_NAMES = 4  # companies, brokers or missing pieces that are named


def refusal_text(
    reports: Sequence[Report],
    missing: Sequence[Asked | str],
    *,
    chinese: bool,
    nearest: bool,
    held: int | None = None,
    otherwise: str = "",
) -> str:
    """Why the question is not answered. ``reports``: those searched; ``held``: how many the library holds.

    ``missing``: what was found nowhere; ``nearest``: whether passages are listed below. ``otherwise``: what they say instead
    of what the question takes for granted.
    """
    if not reports:
        return _empty(held or 0, chinese)
    if otherwise:
        quote = _short(otherwise)
        if chinese:
            return f"报告所述与问题的前提不符:“{quote}”。已检索{_scope_zh(reports)}。" + (
                "下面列出最接近的段落,仅供参考。" if nearest else ""
            )
        text = f"The reports say otherwise: “{quote}” Searched {_scope_en(reports)}."
        return text + (" The nearest passages are listed below, uncited." if nearest else "")
    if chinese:
        text = f"资料库中的报告没有涵盖这个问题。已检索{_scope_zh(reports)}"
        lacking = _missing_zh(missing, reports)
        text += f",没有找到:{lacking}。" if lacking else "。"
        return text + ("下面列出最接近的段落,仅供参考。" if nearest else "")
    text = f"The reports do not cover this question. Searched {_scope_en(reports)}"
    lacking = _missing_en(missing, reports)
    text += f"; not found: {lacking}." if lacking else "."
    return text + (" The nearest passages are listed below, uncited." if nearest else "")


def left_out(missing: Sequence[Asked | str], *, chinese: bool) -> str:
    """The note under an answer that leaves something out; empty when nothing is missing."""
    names = [_plain(piece) for piece in missing[:MOST_NAMES]]
    if not names:
        return ""
    if chinese:
        return f"报告没有涵盖:{'、'.join(names)}。"
    return f"Not covered by the reports: {', '.join(names)}."


def _short(text: str) -> str:
    """The words of a passage in one line, cut at a word or sign where they are long."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else f"{line[:QUOTED].rsplit(' ', 1)[0]} …"


def _empty(held: int, chinese: bool) -> str:
    if held:
        return "没有报告符合所选条件,请放宽筛选。" if chinese else "No report matches the chosen filters; widen them."
    if chinese:
        return "资料库里还没有报告,无法回答。请先添加报告。"
    return "There are no reports in the library yet, so nothing can be answered. Add some first."


def _scope_en(reports: Sequence[Report]) -> str:
    count = len(reports)
    text = f"{count} report" if count == 1 else f"{count} reports"
    about = _few(_companies(reports, "en"))
    if about:
        text += f" (on {', '.join(about[:-1])}{' and ' if len(about) > 1 else ''}{about[-1]})"
    first, last = _dates(reports)
    if first and last:
        text += f" dated {first}" if first == last else f" dated {first} to {last}"
    return text


def _scope_zh(reports: Sequence[Report]) -> str:
    text = f" {len(reports)} 份报告"
    about = _few(_companies(reports, "zh"))
    notes = ["、".join(about)] if about else []
    first, last = _dates(reports)
    if first and last:
        notes.append(first if first == last else f"{first} 至 {last}")
    return text + (f"({';'.join(notes)})" if notes else "")


def _missing_en(missing: Sequence[Asked | str], reports: Sequence[Report]) -> str:
    parts = [_later(piece, reports, chinese=False) or _plain(piece) for piece in missing[:MOST_NAMES]]
    return ", ".join(dict.fromkeys(parts))


def _missing_zh(missing: Sequence[Asked | str], reports: Sequence[Report]) -> str:
    parts = [_later(piece, reports, chinese=True) or _plain(piece) for piece in missing[:MOST_NAMES]]
    return "、".join(dict.fromkeys(parts))


def _later(piece: Asked | str, reports: Sequence[Report], *, chinese: bool) -> str:
    """For a time outside the reports' dates: how far these reach."""
    first, last = _dates(reports)
    if isinstance(piece, str) or piece.period is None or not first or not last:
        return ""
    if piece.period.start.isoformat() > last:
        return f"{piece.surface}(最新的报告为 {last})" if chinese else f"{piece.surface} (no report after {last})"
    if piece.period.end.isoformat() < first:
        return f"{piece.surface}(最早的报告为 {first})" if chinese else f"{piece.surface} (no report before {first})"
    return ""


def _plain(piece: Asked | str) -> str:
    surface = piece if isinstance(piece, str) else piece.surface
    return surface.removesuffix("'s").removesuffix("’s")


def _companies(reports: Sequence[Report], language: str) -> list[str]:
    """Companies of the searched reports as a language calls them, when all of them are about a few."""
    found = list(dict.fromkeys(named_in(name, language) for report in reports for name in report.companies[:1]))
    return found if all(report.companies for report in reports) else []


def _few(names: list[str]) -> list[str]:
    return names if len(names) <= MOST_NAMES else []


def _dates(reports: Iterable[Report]) -> tuple[str, str]:
    days = sorted(report.date.isoformat() for report in reports if report.date)
    return (days[0], days[-1]) if days else ("", "")
