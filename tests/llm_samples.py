"""Evidence and reports that the tests of the model's path share: invented companies, made by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rag.types import Evidence, Locator, Passage, Report

FERRY = """Brindle Ferries (BRF): full decks
NORTHQUAY SECURITIES·2025-05-12 09:30

Investment Rating - Brindle Ferries is rated "Buy" with a target price of 42 EUR [3] Core Insights - Revenue for the first quarter of 2025 was 310 million EUR, up 12% on the year [4][7] - Fuel costs fell because two new hybrid ships replaced old ones [5] - The company carries 38% of all passengers on the Skarn route [7] Risks - A dock strike in August could stop sailings [9] - Fuel prices may rise again [9][11]

Brindle Ferries (BRF): full decks
"""
TEA = """云岭茶业(688777):门店扩张放缓
松江证券· 2025-06-20 10:00

投资评级 - 维持"增持"评级 [2] 核心观点 - 2025年一季度收入12.6亿元,同比增长8% [3] - 毛利率下降1.2个百分点,主要因为原料涨价 [3][5] 风险提示 - 门店扩张不及预期 [8]
"""


def write_reports(folder: Path) -> Path:
    """A folder with both reports."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    (folder / "tea.txt").write_text(TEA, encoding="utf-8")
    return folder


def report(name: str = "ferry", title: str = "Brindle Ferries (BRF): full decks", broker: str = "NORTHQUAY") -> Report:
    return Report(f"id-{name}", title, f"{name}.txt", "digest", "en", broker, date=date(2025, 5, 12), passages=5)


def passage(number: int, text: str, of: str = "ferry", section: tuple[str, ...] = ("Core Insights",)) -> Evidence:
    """A piece of evidence whose mark is ``number``."""
    stored = Passage(
        f"{of}-{number}",
        f"id-{of}",
        number,
        text,
        0,
        len(text),
        "statement",
        Locator("mark", (number,)),
        number,
        section,
    )
    return Evidence(stored, report(of), 1.0 - number / 100)


IDS = {
    "k3f7m": passage(4, "Revenue for the first quarter of 2025 was 310 million EUR, up 12% on the year"),
    "m8x2b": passage(5, "Fuel costs fell because two new hybrid ships replaced old ones"),
    "q5n9d": passage(7, "The company carries 38% of all passengers on the Skarn route"),
    "t4c6h": passage(3, "毛利率下降1.2个百分点,主要因为原料涨价", "tea"),
}
