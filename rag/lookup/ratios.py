"""How metrics are worked out from the lines of the statements, where a report does not print them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["%", "x", ""]
Sum = tuple[tuple[int, str], ...]  # sign and canonical name (of the lexicon) of each line item


@dataclass(frozen=True, slots=True)
class Ratio:
    """``above`` over ``below`` (over 1 where that is empty). ``mean``: below is the mean of this and the year before.

    ``days``: 365 over that: how many days such a turnover takes.
    """

    above: Sum
    below: str = ""
    unit: Unit = ""
    mean: bool = False
    days: bool = False


def _plus(*names: str) -> Sum:
    return tuple((1, name) for name in names)


def _less(first: str, *others: str) -> Sum:
    return ((1, first), *((-1, name) for name in others))


# By the canonical names of the lexicon. Several ways are tried in order. Definitions: CFA Institute, "Financial Analysis
# Techniques" (Level I curriculum); where books differ (ROA, ROE), the answer shows what was divided by what.
RATIOS: dict[str, tuple[Ratio, ...]] = {
    "net profit attributable to shareholders": (Ratio(_plus("net income")),),  # of a company without minorities
    "gross profit": (Ratio(_less("revenue", "cost of revenue")),),
    "EBITDA": (Ratio(_plus("operating income", "depreciation and amortization")),),
    "working capital": (Ratio(_less("current assets", "current liabilities")),),
    "free cash flow": (Ratio(_less("cash flow from operating activities", "capital expenditures")),),
    "gross margin": (
        Ratio(_plus("gross profit"), "revenue", "%"),
        Ratio(_less("revenue", "cost of revenue"), "revenue", "%"),
    ),
    "operating margin": (Ratio(_plus("operating income"), "revenue", "%"),),
    "net margin": (Ratio(_plus("net income"), "revenue", "%"),),
    "EBITDA margin": (Ratio(_plus("operating income", "depreciation and amortization"), "revenue", "%"),),
    "selling expense ratio": (Ratio(_plus("selling expenses"), "revenue", "%"),),
    "administrative expense ratio": (Ratio(_plus("administrative expenses"), "revenue", "%"),),
    "R&D expense ratio": (Ratio(_plus("research and development expenses"), "revenue", "%"),),
    "effective tax rate": (Ratio(_plus("income tax expense"), "profit before tax", "%"),),
    "return on assets": (Ratio(_plus("net income"), "total assets", "%", mean=True),),
    "return on equity": (Ratio(_plus("net income"), "total equity", "%", mean=True),),
    "current ratio": (Ratio(_plus("current assets"), "current liabilities", "x"),),
    "quick ratio": (
        Ratio(_less("current assets", "inventories"), "current liabilities", "x"),
        Ratio(
            _plus("cash and cash equivalents", "short-term investments", "accounts receivable"),
            "current liabilities",
            "x",
        ),
    ),
    "cash ratio": (Ratio(_plus("cash and cash equivalents"), "current liabilities", "x"),),
    "debt-to-asset ratio": (Ratio(_plus("total liabilities"), "total assets", "%"),),
    "equity multiplier": (Ratio(_plus("total assets"), "total equity", "x"),),
    "interest coverage": (Ratio(_plus("operating income"), "interest expense", "x"),),
    "capital intensity": (Ratio(_plus("total assets"), "revenue", "x"),),
    "asset turnover": (Ratio(_plus("revenue"), "total assets", "x", mean=True),),
    "fixed asset turnover": (Ratio(_plus("revenue"), "property, plant and equipment", "x", mean=True),),
    "inventory turnover": (Ratio(_plus("cost of revenue"), "inventories", "x", mean=True),),
    "receivables turnover": (Ratio(_plus("revenue"), "accounts receivable", "x", mean=True),),
    "days inventory outstanding": (Ratio(_plus("cost of revenue"), "inventories", "", mean=True, days=True),),
    "days sales outstanding": (Ratio(_plus("revenue"), "accounts receivable", "", mean=True, days=True),),
    "days payable outstanding": (Ratio(_plus("cost of revenue"), "accounts payable", "", mean=True, days=True),),
    "dividend payout ratio": (Ratio(_plus("dividends paid"), "net income", "%"),),
}

# Metrics that are no one ratio, as a question would define them. How many days cash is tied up: R. Richards and E. Laughlin, "A
# Cash Conversion Cycle Approach to Liquidity Analysis" (Financial Management 9, 1980), with means of the balances.
FORMULAS = {
    "cash conversion cycle": "365 * average inventories / cost of revenue + 365 * average accounts receivable / revenue"
    " - 365 * average accounts payable / cost of revenue",
}
