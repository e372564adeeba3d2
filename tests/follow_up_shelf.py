"""A day and a shelf of reports that follow-ups are completed by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rag.types import Report

TODAY = date(2025, 11, 26)
PLAIN = Report(id="r", title="", file="r.txt", kind="text", language="en")
SHELF = (
    replace(PLAIN, companies=("Brindle Ferries plc",), broker="Northquay Securities"),
    replace(PLAIN, companies=("云岭茶业",), broker="松江证券"),
)
