"""Reports that the tests of the page ask about: a digest in Chinese, a hostile one, a PDF of three pages, and notes with views."""

from __future__ import annotations

from pdf_samples import column, draw, text

RATING = "What investment rating is given?"
INSIGHTS = "What are the core insights on Alibaba?"
CRANES = """起重机行业:港口设备需求回升
海桥证券·2025-06-01 09:30

报告的核心观点 - 2024年港口起重机订单同比增长27.5%,自动化岸桥占比达到41% [3] - 毛利率提升至23.1%,主要受益于钢材价格回落 [4][6] 风险提示 - 海外关税上调,订单交付延迟 [9]
"""
HOSTILE = """Quay crane <img src=x onerror=document.title='hacked'> review
NORTH QUAY·2025-05-06 08:00

Core Insights - Spreader orders <script>document.title='hacked'</script> rose 12% ![x](http://evil.example/a.png) in 2024 [7] - Spreader margins <style>body{display:none}</style> [link](javascript:document.title='hacked') ${document.title='hacked'} {{7*7}} fell to 9% [8]
"""
VIEWS = (
    ("OLD MILL", "2025-01-10", "Buy", 40),
    ("OLD MILL", "2025-03-12", "Hold", 38),
    ("NORTH QUAY", "2025-02-01", "Neutral", 36),
    ("NORTH QUAY", "2025-05-15", "Outperform", 45),
)


def view(broker: str, day: str, rating: str, target: int) -> str:
    """A digest of a note with a rating and a target price."""
    stated = f'Quayside plc is rated "{rating}" with a target price of USD {target} [3]'
    return f"Quayside plc: note of {day}\n{broker}·{day} 08:00\n\nInvestment Rating - {stated}\n"


def ferry() -> bytes:
    lines = [
        "Passenger numbers on the northern ferry route grew by 8.4% to 312,000 in 2024,",
        "the strongest year since the new terminal opened.",
    ]
    return draw(
        lambda canvas: text(canvas, 72, 90, "Northern Ferries plc annual review 2024", size=18),
        lambda canvas: column(canvas, 72, 120, lines),
        lambda canvas: column(canvas, 72, 120, ["The board proposes a dividend of 14 pence per share."]),
    )
