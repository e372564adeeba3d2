"""How looked-up figures are said, in English and Chinese; the arithmetic always stands in the sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from rag.answer.citations import slot
from rag.language.periods import Period, periods
from rag.lookup.labels_zh import without_place
from rag.lookup.rounded import rounded_said
from rag.lookup.times import is_a_year

if TYPE_CHECKING:
    from rag.lookup.finder import Made
    from rag.lookup.table import Cell

_SCALES = {Decimal(10) ** 3: "thousands", Decimal(10) ** 6: "millions", Decimal(10) ** 9: "billions"}
_SCALES_ZH = {Decimal(10) ** 3: "千", Decimal(10) ** 6: "百万", Decimal(10) ** 9: "十亿"}
_TAIL = re.compile(r"(?:[\s,;:，、]|\b(?:at|as of|on|of|end of)\b)+$", re.IGNORECASE)
_BESIDE = re.compile(r"(.+) \(([^()]+(?:\([^()]*\))?)\)")  # a label with the head of its column
_UNIT = re.compile(r"单位(?:均?[为是]|[:：])?\s*(?P<unit>[^\s|，。；()（）:：]{1,12})")
_BARE_UNIT = re.compile(r"[（(](?P<unit>(?:人民币)?(?:千|万|百万|千万|亿|十亿)(?:元|港元|美元|人民币))[)）]")
_UNSCALED = re.compile(r"率|倍|每股|P/[EB]|EPS|ROE|ROA|[（(](?:元|%|％)")  # a ratio, or of one share: in no thousands


def rows_of(cells: Sequence[Cell]) -> dict[tuple[str, int, int], int]:
    """The rows that cells stand in, by passage and characters, each with the number of its slot in a sentence."""
    return {row: place for place, row in enumerate(dict.fromkeys(map(_row, cells)))}


def slots(cells: Sequence[Cell]) -> Callable[[Cell], str]:
    """For each of these cells, the slot of its row in a sentence."""
    rows = rows_of(cells)
    return lambda cell: slot(rows[_row(cell)])


def _row(cell: Cell) -> tuple[str, int, int]:
    return cell.evidence.passage.id, cell.start, cell.end


def value_said(made: Made, chinese: bool) -> str:
    """A figure of a table: ``Total current assets, 2016: 1,001,425 (in thousands).``"""
    cell = made.cells[0]
    if chinese:
        return f"{without_place(cell.label)}，{_year(cell.head)}：{shown_cell(cell)}{scale_said(made.cells, True)}。"
    scale = scale_said(made.cells, False)
    return f"{cell.label}, {cell.head}: {shown_cell(cell)}{scale}{_in_round(scale, _printed(cell), made.cells)}."


def made_said(made: Made, chinese: bool) -> str:
    """A figure that was worked out, with the lines and the steps."""
    rows = rows_of(made.cells)
    lines = dict.fromkeys(
        (without_place(cell.label), cell.head, shown_cell(cell), rows[_row(cell)]) for cell in made.cells
    )
    several = len({when for _, when, _, _ in lines}) > 1
    parts = [f"{label}{f', {when},' if several else ''} {text}{slot(row)}" for label, when, text, row in lines]
    result = f"{made.steps} = {shown(made.value, made.unit)}"
    if chinese:
        return f"{_year(_time(made))}{made.name}：{'，'.join(parts)}{scale_said(made.cells, True)}；{result}。"
    scale = scale_said(made.cells, False)
    result += "" if made.unit else _in_round(scale, made.value, made.cells)
    return f"{_first_up(made.name)}, {_time(made)}: {'; '.join(parts)}{scale}; {result}."


def related_said(kind: str, cells: Sequence[Cell], below: int) -> str:
    """Figures of one table set against each other, with the steps; ``below``: how many of the last make up the whole.

    ``Debt / Total funds, 2024: Debt 5 [..]; Total funds 20 [..] (in millions); 5 / 20 = 25.0%.``
    """
    place = slots(cells)
    heads = {cell.head for cell in cells}
    several = len(heads) > 1
    row, columns = _of_one_row(cells)
    names = dict(zip(cells, columns or [cell.label for cell in cells], strict=True))
    parts = [f"{name}{f', {c.head},' if several and c.head not in name else ''} {shown_cell(c)}{place(c)}" for c, name in names.items()]  # fmt: skip
    when = f", {next(iter(heads))}" if len(heads) == 1 and "" not in heads else ""
    values = [
        abs(cell.value) if cell.cost or cell.loss or kind in ("share", "multiple", "margin") else cell.value
        for cell in cells
    ]
    name, steps, value = _set_against(kind, columns or [cell.label for cell in cells], values, below)
    name = f"{row}, {name}" if row else name
    unit = "%" if kind in ("share", "margin") or (kind == "multiple" and value < 1) else ""
    value *= 100 if kind == "multiple" and unit else 1
    scale = scale_said(cells, False)
    result = shown(value, unit) + (_in_round(scale, value, cells) if kind in ("sum", "difference") else "")
    return f"{_first_up(name)}{when}: {'; '.join(parts)}{scale}; {steps} = {result}."


def _of_one_row(cells: Sequence[Cell]) -> tuple[str, list[str]]:
    """The label that all the cells share, and what each has beside it; nothing where they stand in several rows."""
    said = [_BESIDE.fullmatch(cell.label) for cell in cells]
    if len({_row(cell) for cell in cells}) > 1 or not all(said):
        return "", []
    return next(each[1] for each in said if each), [each[2] for each in said if each]


def _set_against(kind: str, labels: Sequence[str], values: Sequence[Decimal], below: int) -> tuple[str, str, Decimal]:
    """What figures that are set against each other are called, the steps as they are shown, and what comes of them."""
    if kind in ("share", "multiple"):
        whole = sum(values[-below:], Decimal(0))
        if not whole:
            raise LookupError("nothing to divide by")
        under = " + ".join(shown(each, "") for each in values[-below:])
        name = f"{labels[0]} / {labels[-1] if below == 1 else 'all of them'}"
        value = values[0] / whole * (100 if kind == "share" else 1)
        return name, f"{shown(values[0], '')} / {f'({under})' if below > 1 else under}", value
    if kind == "margin":
        if values[0] <= 0:
            raise LookupError("nothing to divide by")
        over, under = added([(1, values[0]), (-1, values[1])]), shown(values[0], "")
        return (
            f"({labels[0]} − {labels[1]}) / {labels[0]}",
            f"({over}) / {under}",
            (values[0] - values[1]) / values[0] * 100,
        )
    sign = 1 if kind == "sum" else -1
    steps = added([(1, values[0]), *((sign, value) for value in values[1:])])
    return (" + " if sign > 0 else " − ").join(labels), steps, values[0] + sign * sum(values[1:], Decimal(0))


def added(parts: Sequence[tuple[int, Decimal]]) -> str:
    """Figures with their signs as one sum; the first counts as it is: ``5 + 3 − 2``."""
    steps = shown(parts[0][1], "")
    for sign, value in parts[1:]:
        steps += f" {'+' if (value >= 0) == (sign > 0) else '−'} {shown(abs(value), '')}"
    return steps


def change_said(before: Made, after: Made, chinese: bool) -> str:
    """From which figure to which, by how much, and by how much in percent where both are above nothing."""
    change = after.value - before.value
    a, b = shown(before.value, before.unit), shown(after.value, after.unit)
    told = _unit_of([before, after])
    name = after.name if after.steps else without_place(_one_name(before.cells[0].label, after.cells[0].label))
    way = ("rose", "升至") if change > 0 else ("fell", "降至")
    if not change or before.value < 0 or after.value < 0:  # a loss that shrinks does not `rise`
        way = ("went", "变为")
    percent = not after.unit and before.value > 0 and after.value > 0 and change
    taken = f"({a})" if before.value < 0 else a
    steps = f"{b} − {taken} = {shown(change, '')}{told}" if change else ""
    if change and after.unit == "%":
        steps += "个百分点" if chinese else " percentage points"
    if steps and not chinese and not after.unit and not after.steps:
        steps += _in_round(scale_said(after.cells, False), change, after.cells)
    if percent:
        steps += f"{'，即' if chinese else ', or '}{shown(abs(change) / before.value * 100, '%')}"
    if chinese:
        return f"{name}由{_year(_when(before.when))}的{a}{way[1]}{_year(_when(after.when))}的{b}{scale_said(after.cells, True)}{steps and '；'}{steps}。"
    scale = scale_said(after.cells, False)
    a, b = _amount(before), _amount(after)
    where = f"from {a} in {_named(before)} to {b} in {_named(after)}{scale}"
    return f"{_first_up(name)} {way[0]} {where}{steps and (': ' if scale else '; ')}{steps}."


def trend_said(made: Sequence[Made], chinese: bool) -> str:
    """Which way a figure that was worked out went from year to year, with the figures it was worked out from."""
    ways = [_way(first.value, last.value, chinese) for first, last in pairwise(made)]
    spans: list[tuple[str, str, str]] = []
    for (first, last), way in zip(pairwise(made), ways, strict=True):
        if spans and spans[-1][0] == way:
            spans[-1] = (way, spans[-1][1], _when(last.when))
        else:
            spans.append((way, _when(first.when), _when(last.when)))
    cells = [cell for each in made for cell in each.cells]
    said = _rows_said(cells)
    steps = "; ".join(f"{each.steps} = {shown(each.value, each.unit)} ({_when(each.when)})" for each in made)
    if chinese:
        went = "，".join(f"{_year(first)}至{_year(last)}{way}" for way, first, last in reversed(spans))
        return f"{made[0].name}{went}：{said}{scale_said(cells, True)}；{steps}。"
    went = " and ".join(f"{way} from {first} to {last}" for way, first, last in reversed(spans))
    return f"{_first_up(made[0].name)} {went}: {said}{scale_said(cells, False)}; {steps}."


def _way(first: Decimal, last: Decimal, chinese: bool) -> str:
    if first == last:
        return "持平" if chinese else "stayed the same"
    return ("上升" if last > first else "下降") if chinese else ("rose" if last > first else "fell")


def _one_name(first: str, last: str) -> str:
    """The name of a line whose two figures may stand in rows of their own: ``Balance, January 1, 2023``."""
    if first == last:
        return last
    return _TAIL.sub("", undated(last)).strip() or last


@lru_cache(maxsize=4096)
def undated(text: str) -> str:
    """A label or head without its times, which do not say of what the figures are."""
    for period in sorted(periods(text), key=lambda each: -each.span[0]):
        text = text[: period.span[0]] + " " + text[period.span[1] :]
    return text


def mean_said(made: Sequence[Made], chinese: bool) -> str:
    """The mean over the times, with the figures it is the mean of."""
    value = sum((each.value for each in made), Decimal(0)) / len(made)
    unit = made[0].unit
    parts = " + ".join(each.steps or shown(each.value, unit) for each in made)
    result = f"({parts}) / {len(made)} = {shown(value, unit)}{_unit_of(made)}"
    name = f"{made[0].name}的平均值" if chinese else f"Mean of {made[0].name}"
    return _of_times(name, made, result, chinese)


def sum_said(made: Sequence[Made], chinese: bool) -> str:
    """The sum over the times, with the figures it is the sum of. Raises LookupError for percentages."""
    if any(each.unit for each in made):
        raise LookupError("percentages are not added")
    values = [each.value for each in made]
    result = f"{added([(1, value) for value in values])} = {shown(sum(values, Decimal(0)), '')}{_unit_of(made)}"
    return _of_times(f"{made[0].name}合计" if chinese else f"Sum of {made[0].name}", made, result, chinese)


def _of_times(name: str, made: Sequence[Made], result: str, chinese: bool) -> str:
    """What comes of the figures of several times, behind each row with its figures."""
    said = _rows_said([cell for each in made for cell in each.cells])
    if chinese:
        return f"{name}：{said}{scale_said(made[0].cells, True)}；{result}。"
    return f"{name}: {said}{scale_said(made[0].cells, False)}; {result}."


def _rows_said(cells: Sequence[Cell]) -> str:
    """Each row with its figures and their times: ``Revenue 90 (2015), 100 (2016) [..]; Cost of revenue ..``"""
    rows = rows_of(cells)
    lines: dict[tuple[str, int], list[str]] = {}
    for cell in cells:
        lines.setdefault((without_place(cell.label), rows[_row(cell)]), []).append(f"{shown_cell(cell)} ({cell.head})")
    return "; ".join(f"{label} {', '.join(dict.fromkeys(all_))}{slot(row)}" for (label, row), all_ in lines.items())


def cagr_said(before: Made, after: Made, chinese: bool) -> str:
    """The growth a year that leads from the first figure to the last."""
    years = after.when.end.year - before.when.end.year
    if years < 1 or before.value <= 0 or after.value <= 0:
        raise LookupError("no growth a year between these")
    rate = ((after.value / before.value) ** (Decimal(1) / years) - 1) * 100
    a, b = shown(before.value, before.unit), shown(after.value, after.unit)
    result = f"({b} / {a}) ^ (1 / {years}) − 1 = {shown(rate, '%')}"
    name = after.cells[0].label if not after.steps else after.name
    if chinese:
        return f"{name}由{_year(_when(before.when))}的{a}至{_year(_when(after.when))}的{b}{scale_said(after.cells, True)}，复合年增长率：{result}。"
    a, b = _amount(before), _amount(after)
    return f"{_first_up(name)} went from {a} in {_named(before)} to {b} in {_named(after)}{scale_said(after.cells, False)}; growth a year: {result}."


def shown_cell(cell: Cell) -> str:
    """The figure of a cell: a cost without its brackets, as is the figure of a row that says `loss`."""
    digits = cell.form.format(f"{abs(cell.value):,f}")
    return f"{'−' if cell.value < 0 and not cell.loss else ''}{digits}{'%' if cell.percent else ''}"


def _in_round(scale: str, value: Decimal, cells: Sequence[Cell]) -> str:
    """An amount in round words behind its scale in English; none behind the unit of a Chinese table."""
    return rounded_said(value, cells) if scale.startswith(" (in ") else ""


def _printed(cell: Cell) -> Decimal:
    """The value of a cell with the sign that it is shown with."""
    return abs(cell.value) if cell.loss else cell.value


def _amount(made: Made) -> str:
    """A figure of a sentence as that writes it, any other as it is printed."""
    return shown_cell(made.cells[0]) if _unit_of([made]) else shown(made.value, made.unit)


def _unit_of(made: Sequence[Made]) -> str:
    """What a sentence writes behind figures: `` million``; empty for those of tables."""
    forms = {cell.form for each in made for cell in each.cells if not each.steps}
    return forms.pop().partition("{}")[2] if len(forms) == 1 else ""


def shown(value: Decimal, unit: str) -> str:
    """A figure as it is printed: as many digits as it has, two for a multiple, in percent one after the point, more below 1%."""
    if unit == "%":
        tenths = value.quantize(Decimal("0.1"), ROUND_HALF_UP)
        small = abs(value) < 1 and value != tenths  # one digit alone is no sure figure
        value = value.quantize(Decimal(1).scaleb(value.adjusted() - 1), ROUND_HALF_UP) if small else tenths
    elif unit == "x" or value != value.quantize(Decimal("0.0001")):
        value = value.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{'−' if value < 0 else ''}{abs(value):,f}{'%' if unit == '%' else ''}"


def _when(when: Period) -> str:
    """A time as it is named: twelve months told by their days by the year that they end in, as a company's year is."""
    return str(when.end.year) if is_a_year(when) else when.label


def _time(made: Made) -> str:
    """The time of a figure: as its table has it, else as it was asked for."""
    return made.cells[0].head if not made.steps else _when(made.when)


def _named(made: Made) -> str:
    """The time of a figure in a sentence: a day, or some months, as the table has it."""
    as_printed = made.when.kind in ("day", "range") and not made.steps and _when(made.when) == made.when.label
    return (as_printed and made.cells[0].head) or _when(made.when)


def _year(head: str) -> str:
    return f"{head}年" if head.isdigit() else head


def scale_said(cells: Sequence[Cell], chinese: bool) -> str:
    """The scale of the figures: in English, or in the words of a Chinese table."""
    cell = next(
        (cell for cell in cells if cell.scale is not None and not (chinese and _UNSCALED.search(cell.label))), None
    )
    if cell is None:
        return "（单位：元）" if chinese and _in_yuan(cells) else ""
    around = "\n".join((cell.evidence.passage.text, *cell.evidence.passage.section[-2:]))
    if chinese and not _UNIT.search(around) and (bare := _BARE_UNIT.search(around)):
        return f"（单位：{bare['unit']}）"
    own = _UNIT.search(cell.evidence.passage.text) or _UNIT.search(" ".join(cell.evidence.passage.section[-2:]))
    if own:
        return f"（单位：{own['unit']}）" if chinese else f" (单位：{own['unit']})"
    if chinese:
        said = _SCALES_ZH.get(cell.scale or Decimal(0), "")
        return f"（单位：{said}）" if said else ""
    said = _SCALES.get(cell.scale or Decimal(0), "")
    return f" (in {said})" if said else ""


def _in_yuan(cells: Sequence[Cell]) -> bool:
    """Whether the table of amounts says that they are in yuan: no scale, but a unit."""
    plain = [cell for cell in cells if not cell.percent and not _UNSCALED.search(cell.label)]
    around = ("\n".join((cell.evidence.passage.text, *cell.evidence.passage.section[-2:])) for cell in plain)
    return bool(plain) and all((unit := _UNIT.search(text)) and unit["unit"] in ("元", "人民币元") for text in around)


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
