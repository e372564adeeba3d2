"""Abbreviations spelled out, for a model that knows ordinary words better: DAU is `daily active users`, 3Q25 `third quarter 2025`."""

from __future__ import annotations

import re

_ORDINALS = {"1": "first", "2": "second", "3": "third", "4": "fourth"}
_SHORT = {
    short: words
    for line in """
    DAU: daily active users | DAUs: daily active users | MAU: monthly active users | MAUs: monthly active users | ARPU: average revenue per user
    ASP: average selling price | ASPs: average selling prices | GMV: gross merchandise value | EPS: earnings per share | DPS: dividend per share
    ROE: return on equity | ROA: return on assets | ROIC: return on invested capital | NIM: net interest margin | NII: net interest income
    NPL: bad loan | NPLs: bad loans | NBV: new business value | VNB: value of new business | FCF: free cash flow | OCF: operating cash flow
    capex: capital expenditure | Capex: capital expenditure | CAPEX: capital expenditure | opex: operating expenses | Opex: operating expenses
    R&D: research and development | M&A: mergers and acquisitions | SG&A: selling, general and administrative expenses | COGS: cost of goods sold
    P/E: price to earnings | PE: price to earnings | P/B: price to book | PB: price to book | P/S: price to sales | TP: target price
    YoY: year on year | yoy: year on year | YOY: year on year | y/y: year on year | y-o-y: year on year
    QoQ: quarter on quarter | qoq: quarter on quarter | q/q: quarter on quarter | q-o-q: quarter on quarter
    MoM: month on month | mom: month on month | m/m: month on month | WoW: week on week | wow: week on week | w/w: week on week
    YTD: year to date | ytd: year to date | CAGR: compound annual growth rate | bps: basis points | bp: basis points
    pp: percentage points | ppt: percentage points | ppts: percentage points | pct: percentage points
    GDP: gross domestic product | CPI: consumer price index | PPI: producer price index | PMI: purchasing managers index
    RRR: reserve requirement ratio | LPR: loan prime rate | FX: foreign exchange | EV: electric vehicle | EVs: electric vehicles
    NEV: new energy vehicle | NEVs: new energy vehicles | PV: solar | ESS: energy storage | LNG: liquefied natural gas
    GW: gigawatts | MW: megawatts | GWh: gigawatt hours | MWh: megawatt hours | TWh: terawatt hours | kWh: kilowatt hours | kwh: kilowatt hours
    TEU: containers | TEUs: containers | VLCC: large crude tanker | VLCCs: large crude tankers | IPO: initial public offering | IPOs: initial public offerings
    AUM: assets under management | NAV: net asset value | HBM: high bandwidth memory | AISC: all-in sustaining cost
    RevPAR: revenue per available room | GGR: gross gaming revenue | FFO: funds from operations | NOI: net operating income
    ETF: exchange traded fund | ETFs: exchange traded funds | LGFV: local government financing vehicle | LGFVs: local government financing vehicles
    ARR: annual recurring revenue | CEO: chief executive | CFO: chief financial officer | JV: joint venture | AI: artificial intelligence
    RMB: yuan | CNY: yuan | HQ: headquarters | VBP: volume-based procurement | NRDL: national reimbursement list | WACC: cost of capital
    """.strip().splitlines()
    for short, words in (entry.strip().split(": ") for entry in line.split("|"))
}
# Those that the glosses of Chinese words use in small letters, where no ordinary word is meant.
_SMALL = {
    short.lower(): _SHORT[short]
    for short in ("DAU MAU ASP ARPU GMV NIM NBV RRR LGFV NAV GDP CPI PPI PMI R&D EPS ROE IPO LPR LNG".split())
}
_FOUND = re.compile(
    r"(?<![A-Za-z/&])(?:" + "|".join(sorted(map(re.escape, _SHORT), key=len, reverse=True)) + r")(?![A-Za-z0-9/&-])"
)
_GLOSSED = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(_SMALL, key=len, reverse=True))) + r")\b")
_PERIOD = re.compile(
    r"\b(?:(?P<before>20\d\d) ?)?(?:(?:(?P<q>[1-4])Q|Q(?P<q2>[1-4])|(?P<h>[12])H|H(?P<h2>[12])|(?P<fy>FY))"
    r"(?:[ -]?'?(?P<year>20\d\d)|'?(?P<short>\d\d))?(?P<e>E)?)\b|\b(?P<alone>20\d\d)E\b",
    re.ASCII,
)


def spelled(text: str) -> str:
    """A text with its abbreviations in words: `3Q25 DAUs` is `third quarter 2025 daily active users`."""
    return _FOUND.sub(_words, _PERIOD.sub(_period, text))


def spelled_gloss(words: str) -> str:
    """The same for the English of a Chinese word, which is all in small letters."""
    return _GLOSSED.sub(lambda found: _SMALL[found[0]], words)


def _words(found: re.Match[str]) -> str:
    after_figure = found.start() > 0 and found.string[found.start() - 1].isdigit()
    return " " * after_figure + _SHORT[found[0]]


def _period(found: re.Match[str]) -> str:
    quarter, half = found["q"] or found["q2"], found["h"] or found["h2"]
    name = f"{_ORDINALS[quarter]} quarter" if quarter else f"{_ORDINALS[half]} half" if half else ""
    year = found["year"] or found["before"] or found["alone"] or (found["short"] and f"20{found['short']}") or ""
    estimate = "estimate" if found["e"] or found["alone"] else ""
    return " ".join(filter(None, (name or (found["fy"] and "fiscal year"), year, estimate)))
