"""What every annual report must say, asked in everyday words: of the newest of a company's reports, unless a year is named."""

from __future__ import annotations

import pytest
from small_library import library_of

FILING = """UNITED STATES SECURITIES AND EXCHANGE COMMISSION

# FORM 10-K

Annual report pursuant to section 13 of the Securities Exchange Act of 1934

For the fiscal year ended December 31, {year}

Pellam Ferries plc

(Exact name of registrant as specified in its charter)

## Item 1. Business

Our operations are divided into Island & Coastal Services (ICS) and Ports.

The following types of revenue are generated from our routes:

• Ticket sales, our largest source, represent fares of passengers and cars.

Fares are set once a year and depend on the season.

• Freight income represents fees of hauliers; and

• Berth rents represent what others pay for our quays.

At the end of {year} we operated {stores} shops in 6 countries.

### Competition

ICS faces strong competition primarily from Bluewater Lines, Norsa Cruises and low-cost airlines.

Our Ports business competes with Grimholt Harbour, Tarn Quays and others.

### Employees

At year end we had about {people} employees, of whom 700 were union members.

## Item 1A. Risk factors

Read these together with the rest of the report.

Our ships depend on a few yards and repairs may take longer than planned.

Two of three docks that can take our ships are booked for years. Their owners are rivals. Delays cost us sailings.

If fuel becomes dearer, our margins could fall.

Fuel was 31% of our costs. We hedge half of it. Rules on sulphur change often.

The licence for the northern routes may not be renewed.

It ends in 2031. Talks have not begun. Others have asked for it.

## Item 7. Discussion

### Backlog

ICS bookings of $90 million increased from $70 million, reflecting new routes and higher fares.

There were no repurchases of common stock in {year}.

No single supplier accounted for 10% or more of our purchases.

## Report of the auditor

Harrow & Pike LLP, our independent registered public accounting firm, has audited the accounts.

We have served as the Company's auditor since 2007.

## Note 14. Subsequent events

The Company has evaluated subsequent events through the day of this report.

On January 28, 2026, Pellam agreed to sell its quay in Tarn for $12 million.

On February 3, 2026, the board declared a dividend of $0.20 per share.

## Notes

{notes}
"""


def _filing(year: int, people: str, stores: int) -> str:
    notes = "\n\n".join(f"Lease {n} of the company runs for {n + 3} years and is paid monthly." for n in range(90))
    filled = FILING
    for name, value in (("year", year), ("people", people), ("stores", stores), ("notes", notes)):
        filled = filled.replace(f"{{{name}}}", str(value))
    return filled


@pytest.fixture(scope="module")
def filings(tmp_path_factory):
    texts = {"pellam-2024.md": _filing(2024, "8,000", 110), "pellam-2025.md": _filing(2025, "9,100", 120)}
    with library_of(tmp_path_factory.mktemp("filings"), texts) as library:
        yield library


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many people work at Pellam Ferries?", ["about 9,100 employees"]),
        ("How many employees did Pellam Ferries have in 2024?", ["about 8,000 employees"]),
        ("How many of Pellam Ferries' employees belong to a union?", ["700 were union members"]),
        ("How many shops does Pellam Ferries operate?", ["120 shops"]),
        ("Who is Pellam Ferries' auditor, and since when?", ["Harrow & Pike LLP", "since 2007"]),
        ("How does Pellam Ferries make money?", ["types of revenue", "Ticket sales", "Freight income", "Berth rents"]),
        ("What happened at Pellam Ferries after year end?", ["sell its quay in Tarn", "a dividend of $0.20"]),
        ("Who does the coastal business of Pellam Ferries compete with?", ["ICS faces strong competition"]),
        ("Why did coastal bookings of Pellam Ferries increase?", ["reflecting new routes and higher fares"]),
        ("Did Pellam Ferries buy back any stock in 2025?", ["no repurchases of common stock in 2025"]),
        ("How dependent is Pellam Ferries on any single supplier?", ["No single supplier accounted"]),
        ("What are the main risks of Pellam Ferries?", ["repairs may take", "fuel becomes dearer", "northern routes"]),
    ],
)  # fmt: skip
def test_a_topic_is_answered_by_the_sentences_that_say_it(filings, question, said):
    answer = filings.ask(question)
    text = answer.text
    assert [part for part in said if part not in text] == []
    assert len(answer.sentences) == len(said)
    assert not any(mark in text for mark in ("evaluated", "- ", "; and"))


def test_that_events_were_looked_for_is_none_of_them(filings):
    answer = filings.ask("What subsequent events did Pellam Ferries report?")
    assert not answer.refused and "evaluated" not in answer.text
