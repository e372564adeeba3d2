"""Tables inside a text: which lines are rows, what their cells are, and the same as Markdown."""

from __future__ import annotations

import re

RULE = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")  # the line of dashes below a table's head


def grid_lines(text: str) -> list[bool]:
    """For every line of a text whether it is a row of a table: it starts with a bar, or has cells like its neighbour.

    Tables reach a text as Markdown rows or, from a report, as lines of cells set apart by `` | ``.
    """
    lines = text.split("\n")
    cells = [" | " in line for line in lines]
    beside = [any(cells[max(0, n - 1) : n] + cells[n + 1 : n + 2]) for n in range(len(lines))]
    return [line.lstrip().startswith("|") or (c and b) for line, c, b in zip(lines, cells, beside, strict=True)]


def is_grid(text: str) -> bool:
    """Whether a text holds rows of a table."""
    return any(grid_lines(text))


def cells_of(line: str) -> list[str]:
    """The cells of one row."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def with_rules(text: str) -> str:
    """Markdown in which every table has bars around its rows, the rule below the first, and empty lines around it."""
    lines, grid = text.split("\n"), grid_lines(text)
    out: list[str] = []
    for number, (line, is_row) in enumerate(zip(lines, grid, strict=True)):
        if not is_row:
            if number and grid[number - 1] and line.strip():
                out.append("")  # else a reader of Markdown takes the line for one more row
            out.append(line)
            continue
        first = number == 0 or not grid[number - 1]
        if first and out and out[-1].strip():
            out.append("")
        out.append("| " + " | ".join(cells_of(line)) + " |")
        if first and not (number + 1 < len(lines) and RULE.match(lines[number + 1])):
            out.append("|" + " --- |" * len(cells_of(line)))
    return "\n".join(out)
