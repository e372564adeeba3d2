"""An answer as HTML for the conversation. Pure: the same turn and language always give the same text.

Everything that comes from a report, a model or a user passes through ``esc``; the only tags are the ones written here,
and the only links lead to places inside the page (``#cite/…``). The result is one line, so that Markdown around it
leaves it alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.types import Answer, Citation
from ui import export, marks
from ui.i18n import Words, plural, worded
from ui.safe import clip, esc, esc_lines, rows_apart
from ui.said import aside, chip, origin, place, said_html
from ui.turns import NEAREST, Turn

VERDICTS = ("right", "wrong", "wrong_citation")


def welcome_html(questions: Sequence[str], filled: bool, t: Words) -> str:
    """What stands in an empty conversation: what this is, and questions that the library can answer."""
    asks = "".join(f'<button class="act follow">{esc(question)}</button>' for question in questions)
    head, sub = ("welcome", "welcome_sub") if filled else ("welcome_empty", "welcome_empty_sub")
    return f'<div class="welcome"><h2>{esc(t[head])}</h2><p>{esc(t[sub])}</p><div class="asks">{asks}</div></div>'


def turn_html(turn: Turn, t: Words, *, judged: bool = True) -> str:
    """The library's side of a turn: growing, done, refused, stopped or failed; ``judged``: readers may judge it."""
    if turn.state == "failed":
        body = (
            f'<div class="card failed" role="alert"><div class="card-title">{esc(t["failed"])}</div>'
            f"<p>{esc(worded(t, turn.error))}</p>{_button('retry', turn, t['try_again'])}</div>"
        )
    elif turn.answer is None or (turn.state in ("running", "stopped") and not turn.answer.text):
        word = t["searching"] if turn.state == "running" else t["stopped"]
        known = _resolved(turn.answer, t) + _notes(turn.answer) if turn.answer else ""
        again = _button("retry", turn, t["try_again"]) if turn.state == "stopped" else ""
        body = f'{known}<p class="waiting {turn.state}">{esc(word)} {again}</p>'
    elif turn.answer.refused:
        body = _refusal(turn, turn.answer, t, judged)
    else:
        body = _answer(turn, turn.answer, t, judged)
    return f'<div class="answer {turn.state}" id="a-{turn.key}">{body}</div>'


def _answer(turn: Turn, answer: Answer, t: Words, judged: bool) -> str:
    done = turn.state != "running"
    points = " points" if answer.answerer == "extractive" and len(answer.sentences) > 1 else ""
    parts = [_resolved(answer, t), f'<div class="said{points}">{said_html(turn.key, answer, t, final=done)}</div>']
    parts.append(_notes(answer))
    if done and not answer.sentences and turn.state != "stopped":  # thanks and greetings have no sources
        parts.append(_follow_ups(turn, t))
    if not done or not (answer.sentences or turn.state == "stopped"):
        return "".join(parts)
    if turn.state == "stopped":
        parts.append(f'<p class="waiting">{esc(t["stopped"])}</p>')
    parts += [_trust(answer, t), _sources(turn.key, answer, t), _actions(turn, answer, t, judged)]
    return "".join(parts)


def _refusal(turn: Turn, answer: Answer, t: Words, judged: bool) -> str:
    nearest = answer.evidence[:NEAREST]
    rows = "".join(
        f'<li id="src-{turn.key}-{i}">'
        f"{chip(turn.key, i, item.passage.id, 0, len(item.passage.text), place(item.passage.locator, t))}"
        f'<span class="meta">{esc(origin(item.report))}</span>'
        f'<span class="quote">{esc(clip(rows_apart(item.passage.text), 280))}</span></li>'
        for i, item in enumerate(nearest)
    )
    listed = f'<div class="label">{esc(t["nearest"])}</div><ul class="nearest">{rows}</ul>' if rows else ""
    return (
        f'{_resolved(answer, t)}<div class="card refusal"><div class="card-title">{esc(t["refused"])}</div>'
        f"<p>{esc_lines(answer.text)}</p>{_notes(answer)}{listed}</div>{_asked_model(answer, t)}{_actions(turn, answer, t, judged)}"
    )


def _asked_model(answer: Answer, t: Words) -> str:
    """What a refusal cost, where a model was asked for it."""
    spent = "".join(f"<span>{esc(fact)}</span>" for fact in _spent(answer, t))
    return f'<div class="trust">{spent}</div>' if spent else ""


# ---------------------------------------------------------------- what stands under it


def _resolved(answer: Answer, t: Words) -> str:
    if not answer.resolved or answer.resolved == answer.question:
        return ""
    return f'<p class="resolved"><span>{esc(t["resolved"])}</span> {esc(answer.resolved)}</p>'


def _notes(answer: Answer) -> str:
    rows = "".join(f"<li>{aside(note)}</li>" for note in answer.notes)
    return f'<ul class="notes">{rows}</ul>' if rows else ""


def _trust(answer: Answer, t: Words) -> str:
    total = len(answer.sentences)
    good = sum(1 for sentence in answer.sentences if sentence.status == "supported")
    supported = t["supported_all"] if good == total else t["supported_some"].format(ok=good, all=total)
    items = [(good == total, supported)]
    d = answer.diagnostics
    if d.figures:
        found = t["figures_all"].format(found=d.figures_found, all=d.figures)
        items.append((d.figures_found == d.figures, found))
    checks = "".join(f'<span class="{"ok" if ok else "doubt"}">{esc(word)}</span>' for ok, word in items)
    facts = [_as_of(answer, t), _speaker(answer, t), *_spent(answer, t)]
    if d.dropped_markers:
        facts.append(t["markers_dropped"].format(n=d.dropped_markers))
    plain = "".join(f"<span>{esc(fact)}</span>" for fact in facts if fact)
    return f'<div class="trust">{checks}{plain}</div>'


def _speaker(answer: Answer, t: Words) -> str:
    if answer.answerer == "extractive":
        return t["by_extract"]
    return t["by_model"].format(model=answer.diagnostics.model) if answer.diagnostics.model else t["by_llm"]


def _spent(answer: Answer, t: Words) -> list[str]:
    """What the model read and wrote, and what that cost where prices are set; nothing where no model was asked."""
    d = answer.diagnostics
    spent = []
    if d.tokens_in is not None and d.tokens_out is not None:
        spent.append(t["tokens"].format(read=f"{d.tokens_in:,}", written=f"{d.tokens_out:,}"))
    if d.cost is not None:
        spent.append(t["cost"].format(cost=f"{d.cost:.4f}"))
    return spent


def _as_of(answer: Answer, t: Words) -> str:
    days = sorted({c.report.date for c in answer.citations if c.report.date})
    if not days:
        return ""
    if len(days) == 1:
        return t["as_of"].format(date=days[0].isoformat())
    return t["as_of_range"].format(first=days[0].isoformat(), last=days[-1].isoformat())


def _sources(key: str, answer: Answer, t: Words) -> str:
    """The source list: one block per report in order of first citation, its cited places inside."""
    groups: dict[str, list[int]] = {}
    for index, citation in enumerate(answer.citations):
        groups.setdefault(citation.report.id, []).append(index)
    blocks = []
    for indices in groups.values():
        report = answer.citations[indices[0]].report
        letter = _letter(answer.citations[indices[0]].marker) if len(groups) > 1 else ""
        rows = "".join(_source_row(key, index, answer.citations[index], t) for index in indices)
        blocks.append(
            f'<details class="source"><summary>{letter}<span class="title">{esc(report.title)}</span>'
            f'<span class="meta"><span class="origin">{esc(origin(report))}</span> · {esc(plural(t, "passages", len(indices)))}</span></summary>'
            f"<ul>{rows}</ul></details>"
        )
    if not blocks:
        return ""
    return f'<div class="sources"><div class="label">{esc(t["sources"])}</div>{"".join(blocks)}</div>'


def _letter(marker: str) -> str:
    found = re.match(r"\[([A-Z]{1,2})\d", marker)
    return f'<b class="letter">{found[1]}</b>' if found else ""


def _source_row(key: str, index: int, c: Citation, t: Words) -> str:
    chips = "".join(chip(key, index, c.passage_id, c.start, c.end, b) for b in marks.brackets(c.marker))
    return (
        f'<li id="src-{key}-{index}"><span class="chips">{chips}</span> '
        f'<span class="place">{esc(place(c.locator, t))}</span> <span class="quote">{esc(clip(rows_apart(c.quote), 420))}</span></li>'
    )


def _button(action: str, turn: Turn, label: str) -> str:
    return f'<button class="act" id="act-{action}-{turn.key}">{esc(label)}</button>'


def _actions(turn: Turn, answer: Answer, t: Words, judged: bool) -> str:
    names = ("copy", "copy_md", "link", *(VERDICTS if judged else ()))
    shown = [name for name in names if not (answer.refused and name in ("copy_md", "wrong_citation"))]
    if export.tables(answer):
        shown.insert(2, "table_csv")
    row = "".join(_button(name.replace("_", "-"), turn, t[name]) for name in shown)
    raw = (
        f'<div class="raw" id="raw-{turn.key}">{esc_lines(export.plain(turn, t))}</div>'
        f'<div class="raw" id="md-{turn.key}">{esc_lines(export.markdown(turn, t))}</div>'
    )
    return f'<div class="actions">{row}</div>{raw}{_follow_ups(turn, t)}'


def _follow_ups(turn: Turn, t: Words) -> str:
    follow = "".join(f'<button class="act follow">{esc(question)}</button>' for question in turn.follow_ups)
    return f'<div class="follow-ups"><span class="label">{esc(t["follow_ups"])}</span>{follow}</div>' if follow else ""
