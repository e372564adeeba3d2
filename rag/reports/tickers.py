"""Stock codes in the spellings that reports use, and one spelling to compare them by.

Normal form: ``600519.SH``, ``300750.SZ``, ``832735.BJ``, ``0700.HK``, ``7203.T``, ``005930.KS``, ``2330.TW``, and the bare
letters for the United States (``AAPL``, ``BRK.B``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_SUFFIXES = {
    "SS": "SH", "SH": "SH", "SZ": "SZ", "BJ": "BJ", "HK": "HK", "T": "T", "JP": "T", "KS": "KS", "KQ": "KQ",
    "TW": "TW", "TWO": "TW", "TT": "TW", "SI": "SI", "SP": "SI", "L": "L", "LN": "L", "PA": "PA", "FP": "PA", "DE": "DE", "GR": "DE",
    "GY": "DE", "AS": "AS", "NA": "AS", "SW": "SW", "SE": "SW", "MI": "MI", "MC": "MC", "ST": "ST", "CO": "CO", "AX": "AX",
    "NS": "NS", "BO": "BO", "TO": "TO", "DC": "CO", "SM": "MC", "IM": "MI", "FH": "HE", "AV": "VI", "BB": "BR", "PL": "LS", "GA": "AT",
    "ID": "IR", "BZ": "SA", "TI": "IS", "PM": "PS", "QD": "QA", "VN": "VN", "DB": "DU", "UH": "AD", "SR": "SR", "NO": "OL", "AU": "AX", "CN": "TO", "IN": "NS", "PW": "WA", "NZ": "NZ", "SJ": "JO", "MK": "KL", "TB": "BK", "IJ": "JK",
}  # fmt: skip
_AMERICAN = {"N", "O", "US", "OQ", "UN", "UW", "UQ"}
_EXCHANGES = {
    "NYSE": "", "NASDAQ": "", "AMEX": "", "NYSEAMERICAN": "", "HKEX": ".HK", "SEHK": ".HK", "HKG": ".HK",
    "SSE": ".SH", "SHSE": ".SH", "SHA": ".SH", "SZSE": ".SZ", "SHE": ".SZ", "BSE": ".BJ", "LSE": ".L", "TYO": ".T", "TSE": ".T",
}  # fmt: skip
_COMMON = frozenset(
    "ALL AM AN AND ANY ARE AS AT BE BIG BY CAN CAR CASH COST CPI CEO CFO COO CTO DAY DO EPS ETF EV FOR FUN GDP GO HAS HE "
    "IPO IT KEY LOW MAN NET NEW NOW OF ON ONE OR OUT PE PEG PMI ROE SEE SO TEAM TO TRUE TV TWO UP US USA USD WE WELL YOU "
    "EBIT GAAP IFRS CAGR YOY QOQ HKD RMB CNY EUR GBP JPY OEM ODM ADR SEC FDA ESG API GPU CPU LED LLM SAAS CAPEX OPEX".split()
)

_PATTERN = re.compile(
    r"(?<![A-Za-z0-9.])(?:"
    r"(?P<exchange>NYSE American|NYSE|NASDAQ|Nasdaq|AMEX|HKEX|SEHK|HKG|SSE|SHSE|SZSE|BSE|LSE|TYO|TSE)\s*[:：]\s*(?P<listed>[A-Z]{1,5}(?:\.[A-Z])?|\d{3,6})"
    r"|(?P<prefix>SH|SZ|BJ|HK|sh|sz|bj|hk)[.:]?(?P<prefixed>\d{4,6})"
    r"|(?P<code>\d{1,6})(?:\.|\s)?(?P<suffix>SH|SZ|SS|BJ|HK|CH|TW|TT|KS|KQ|JP|T|SI|sh|sz|ss|bj|hk)"
    r"|\$(?P<dollar>[A-Z]{1,5})"
    r"|(?P<letters>[A-Z]{1,5})(?:\.(?P<market>N|O|OQ|US|L|PA|DE|AS|SW|MI|MC|ST|CO|AX|NS|TO)|\s(?P<bloomberg>US|LN|FP|GR|GY|NA|SW|UN|UW|UQ))"
    r"|(?<=[(（【\[])(?P<abroad>[A-Z0-9]{1,6}\s(?:DC|SM|IM|FH|AV|BB|PL|GA|ID|NO|AU|CN|IN|PW|NZ|SJ|MK|TB|IJ|SP|BZ|TI|PM|QD|VN|UH))(?=[)）】\]])"
    r"|(?P<six>(?:60[0135]|68[89]|00[0-3]|30[0-2]|83[0-9]|87[0-9]|43[0-9]|92[0-9])\d{3})"
    r"|(?P<bare>[A-Z]{2,5}(?:\.[AB])?)"
    r")(?![A-Za-z0-9])"
)
_BRACKETED = re.compile(r"[(（【\[]\s*$")
_CLOSED = re.compile(r"^\s*[)）】\]]")


CODE_LABEL = re.compile(
    r"(?:RIC|BBG|Reuters|Bloomberg|Tickers?|Symbol|Stock code|Code|Exchange|(?:股票|证券|公司|彭博|路透)?代码)(?:\s(?:code|ticker|RIC))?s?",
    re.IGNORECASE,
)
"""What stands before a code in the box of a front page: ``Bloomberg | AURE FP``."""
_BLOOMBERG = re.compile(r"[A-Z0-9]{1,7}\s[A-Z]{2}|[A-Z]{1,5}|\d{4,6}")


def labelled_code(label: str, text: str) -> str:
    """The normal form of what stands behind the label of a code; empty where it does not read as one."""
    text = text.strip().removesuffix(" Equity")
    if not CODE_LABEL.fullmatch(label.strip(" :：")) or text in _COMMON:
        return ""
    explicit = next((code.ticker for code in find_tickers(text) if code.explicit), "")
    return explicit or (normalise_ticker(text) if _BLOOMBERG.fullmatch(text) else "")


@dataclass(frozen=True, slots=True)
class TickerMatch:
    """A code in a text; ``ticker`` in normal form. ``explicit``: a market, a currency sign or brackets say what it is."""

    start: int
    end: int
    ticker: str
    explicit: bool


def normalise_ticker(text: str) -> str:
    """The normal form of one code as it is commonly written; a string that is no code comes back in capitals."""
    code = re.sub(r"\s+", ".", text.strip().lstrip("$").upper().removesuffix(" EQUITY"))
    prefixed = re.fullmatch(r"(SH|SZ|BJ|HK)[.:]?(\d{4,6})", code)
    if prefixed:
        code = f"{prefixed[2]}.{prefixed[1]}"
    body, dot, suffix = code.rpartition(".")
    if not dot:
        return f"{code}{_mainland(code)}" if re.fullmatch(r"\d{6}", code) else code
    if suffix in _AMERICAN and body.isalpha():
        return body
    if suffix == "CH" and body.isdigit():
        return body + _mainland(body)
    if suffix == "HK" and body.isdigit():
        return body.lstrip("0").zfill(4) + ".HK"
    return f"{body}.{_SUFFIXES.get(suffix, suffix)}"


def _mainland(code: str) -> str:
    """The exchange of a six-digit mainland code, by its first digits."""
    if code.startswith(("60", "68", "90", "51", "56", "58")):
        return ".SH"
    if code.startswith(("00", "30", "20", "15")):
        return ".SZ"
    return ".BJ" if code.startswith(("43", "83", "87", "88", "92")) else ""


def find_tickers(text: str) -> tuple[TickerMatch, ...]:
    """The stock codes that a text names, in order. A bare word in capitals or a bare six-digit number is not explicit."""
    return tuple(found for match in _PATTERN.finditer(text) if (found := _read(text, match)))


def _read(text: str, match: re.Match[str]) -> TickerMatch | None:
    group = match.groupdict()
    before, after = text[max(0, match.start() - 4) : match.start()], text[match.end() : match.end() + 4]
    bracketed = bool(_BRACKETED.search(before) and _CLOSED.match(after))
    if group["exchange"]:
        market = _EXCHANGES[group["exchange"].upper().replace(" ", "")]
        return TickerMatch(match.start(), match.end(), normalise_ticker(group["listed"] + market), True)
    if group["prefix"] or group["code"] or group["letters"]:
        if group["suffix"] == "T" and len(group["code"]) != 4:
            return None
        return TickerMatch(match.start(), match.end(), normalise_ticker(match[0]), True)
    if group["abroad"]:
        return TickerMatch(match.start(), match.end(), normalise_ticker(match[0]), True)
    if group["dollar"]:
        return TickerMatch(match.start(), match.end(), group["dollar"], True)
    if group["six"]:
        return TickerMatch(match.start(), match.end(), normalise_ticker(group["six"]), bracketed)
    if group["bare"] in _COMMON or (len(group["bare"]) < 3 and not bracketed):
        return None
    return TickerMatch(match.start(), match.end(), group["bare"], False)
