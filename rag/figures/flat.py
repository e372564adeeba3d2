"""Tables that reached a text without bars between their cells: rows such as ``Net sales $ 120,130 $ 120,824`` below a head of
periods. They are told from the text about them, and given the bars that tables are read by."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CELL = r"(?:[$€£¥]\s?)?\(?[-−–]?(?:[$€£¥]\s?)?\d[\d,]*(?:\.\d+)?(?:\s?%)?\)?(?:\s?%)?|[—–-]|N/?[AM]"
_ROW = re.compile(rf"(?P<label>[^\d\s|][^\n|]{{0,90}}?)(?P<cells>(?:\s+(?:{_CELL}))+)\s*")
_CELLS = re.compile(_CELL)
_AMOUNT = re.compile(r"\d,\d{3}|\d\.\d|\d\s?%|[$€£¥]\s?\d|\(\d")  # no year, page or note
_DAY = r"[A-Z][a-z]{2,8}\.?\s\d{1,2},\s(?:19|20)\d\d"
_YEAR = r"(?:FY\s?)?(?:19|20)\d\d(?:[AE]|年)?|[1-4]Q\d\d(?:\d\d)?[AE]?|Q[1-4]\s(?:19|20)\d\d"
_HEAD = re.compile(
    rf"(?P<stub>[^\n|]{{0,90}}?)(?P<cells>(?:(?:^|\s+)(?:{_YEAR})){{2,}}|(?:(?:^|\s+){_DAY}){{2,}})[\s%A-Za-z.]{{0,40}}"
)
_HEADS = re.compile(rf"{_DAY}|{_YEAR}")
_LEAST = 2  # rows below a head from which they are a table
_SHORT = 45  # characters of a heading between rows


def split(text: str) -> tuple[str, str]:
    """The running text and the table of a text, the table with bars between its cells; ``(text, "")`` where it holds none."""
    if "\n" not in text or " | " in text:
        return text, ""
    lines = text.split("\n")
    table: list[str] = []
    taken: set[int] = set()
    for number, line in enumerate(lines[:-_LEAST]):
        head = _HEAD.fullmatch(line) if number not in taken else None
        if head is None:
            continue
        heads = _HEADS.findall(head["cells"])
        below = _below(lines[number + 1 :], len(heads))
        if sum(len(row) > 1 for row in below) >= _LEAST:
            more = max(map(len, below)) - 1 - len(heads)
            table.append(" | ".join((head["stub"].strip(), *heads, *(f"Change {each}" for each in heads[:more]))))
            table.extend(" | ".join(row) for row in below)
            taken.update(range(number, number + 1 + len(below)))
    if not table:
        return text, ""
    return "\n".join(line for number, line in enumerate(lines) if number not in taken), "\n".join(table)


def _below(lines: Sequence[str], count: int) -> list[list[str]]:
    """Label and cells of the rows below a head of ``count`` periods, up to the first line that is neither one nor a short heading
    between them. What a row has more are changes: of as many periods at most."""
    rows: list[list[str]] = []
    for line in lines:
        match = _ROW.fullmatch(line)
        cells = [cell.strip() for cell in _CELLS.findall(match["cells"])] if match else []
        whole = count <= len(cells) <= 2 * count and (len(cells) == count or all("%" in each for each in cells[count:]))
        if match and whole and (_AMOUNT.search(match["cells"]) or rows):
            rows.append([match["label"].strip(), *cells])
        elif len(line) <= _SHORT and not re.search(r"\d|[.。]\s*$", line):
            rows.append([line])
        else:
            break
    while rows and len(rows[-1]) == 1:
        rows.pop()
    return rows
