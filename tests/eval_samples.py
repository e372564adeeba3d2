"""Two small reports and questions on them, for the tests of the eval's command line."""

from __future__ import annotations

import json
from pathlib import Path

HARBOUR = """Portolan Ferries: winter timetable pays off
QUAYSIDE RESEARCH·2025-01-15 09:00

Investment Rating - Portolan Ferries is rated "Buy" with a target price of EUR 12.40 [3] Core Insights - Passenger numbers grew by 6.3% in the fourth quarter of 2024 [4][9] - Fuel hedges cover 80% of the need for 2025 [11]
"""
BAKERY = """云麓食品:新品拉动增长
听松证券·2025-02-20 10:00

报告行业投资评级 - 维持云麓食品"增持"评级 [1] 报告的核心观点 - 2024年营业收入为52.7亿元,同比增长14.2% [2] - 冷冻烘焙毛利率为31.5% [6]
"""
GOOD = {
    "id": "a1",
    "question": "By how much did passenger numbers of Portolan Ferries grow?",
    "docs": ["portolan"],
    "marks": [["portolan", [4, 9]]],
    "must": ["6\\.3 ?%"],
}
CHINESE = {
    "id": "a2",
    "lang": "zh",
    "kind": "zh_zh",
    "question": "云麓食品冷冻烘焙的毛利率是多少?",
    "docs": ["yunlu"],
    "marks": [["yunlu", [6]]],
    "must": ["31\\.5 ?%"],
}
OFF = {
    "id": "a3",
    "kind": "off_topic",
    "question": "Who painted the ceiling of the Sistine Chapel?",
    "answerable": False,
}


def write_reports(folder: Path) -> Path:
    """Both reports, as ``portolan.txt`` and ``yunlu.txt``."""
    (folder / "portolan.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "yunlu.txt").write_text(BAKERY, encoding="utf-8")
    return folder


def questions(folder: Path, *rows: dict[str, object]) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path
