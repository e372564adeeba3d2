"""Two short digests for tests of the command line, and a library that holds them."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.cli import main

DIGEST = """Harbour Cranes: orders outrun capacity
NORTHWIND RESEARCH·2025-03-04 09:30

Investment Rating - The report rates Harbour Cranes "Outperform" [3] Core Insights - Order intake rose 12.5% to 840 million yuan in 2024 [4][7] - Capacity in Ningbo doubles by the end of 2026 [9]
"""
OTHER = """港口机械:订单与产能
海风证券·2025-06-01 08:00

投资评级 - 报告给予行业"增持"评级 [2] 核心观点 - 2024年订单同比增长8.1% [6] - 宁波工厂产能将在2026年底翻倍 [8]
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "cranes.txt").write_text(DIGEST, encoding="utf-8")
    (folder / "港口.txt").write_text(OTHER, encoding="utf-8")
    return folder


@pytest.fixture
def filled(rag_home: Path, reports: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert main(["add", str(reports)]) == 0
    capsys.readouterr()
    return rag_home
