"""What readers said about answers: one JSON line each in ``feedback.jsonl`` of the library folder.

The keys of a line, which ``python -m eval add-feedback`` reads:

- ``time``: UTC, ISO 8601; ``verdict``: ``right``, ``wrong`` or ``wrong_citation``; ``comment``: one line, may be empty
- ``question``, and ``history``: the earlier questions of the conversation, oldest first
- ``refused``: whether the answer was a refusal; null when there was none
- ``docs``: file stems of the cited reports; ``marks``: ``[stem, [numbers]]`` for each citation, as in question files
- ``answer``: what was shown, in the form in which a browser keeps it (``ui.turns``)
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from filelock import FileLock

from rag.errors import InputError
from ui.turns import Turn, dump

Verdict = Literal["right", "wrong", "wrong_citation"]
_LONGEST_COMMENT = 2_000


def record(turn: Turn, earlier: Sequence[Turn], verdict: str, comment: str) -> dict[str, Any]:
    """The line for one judgement: question, earlier questions, cited places in the form of an eval case, the answer.

    ``docs`` and ``marks`` follow the question files of ``eval``. Raises InputError for an unknown verdict.
    """
    if verdict not in get_args(Verdict):
        raise InputError(f"The verdict was {verdict!r}; it has to be one of {', '.join(get_args(Verdict))}.")
    answer = turn.answer
    cited = answer.citations if answer else ()
    return {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "verdict": verdict,
        "comment": " ".join(comment.split())[:_LONGEST_COMMENT],
        "question": turn.question,
        "history": [other.question for other in earlier],
        "refused": answer.refused if answer else None,
        "docs": list(dict.fromkeys(c.report.stem for c in cited)),
        "marks": [[c.report.stem, list(c.locator.numbers)] for c in cited],
        "answer": dump(turn)["answer"],
    }


def store(home: Path, line: dict[str, Any]) -> Path:
    """Append one judgement; whole lines only, also when several pages write at once."""
    path = home / "feedback.jsonl"
    with FileLock(str(path) + ".lock", timeout=10), path.open("a", encoding="utf-8") as out:
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return path
