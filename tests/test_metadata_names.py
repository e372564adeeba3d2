"""Names that no list knows: the house that signs a report, and the company that it is about."""

from __future__ import annotations

import pytest
from pdf_samples import column, draw, text

from rag.readers import read_bytes
from rag.reports.metadata import make_report
from rag.reports.names import names_of
from rag.types import Report

BODY = "Orders rose by 4% in the quarter, and the order book is as full as it has ever been."


def made(data: bytes, name: str) -> Report:
    return make_report(read_bytes(data, name), name, "0" * 64, 1)


@pytest.mark.parametrize(
    ("line", "broker"),
    [
        ("Gull Point Research, 2 July 2025. Rating: Neutral.", "Gull Point Research"),
        ("Gull Point Research | 2 July 2025", "Gull Point Research"),
        ("Equity Research, 2 July 2025", None),
        ("Global Markets Research, 2 July 2025", None),
        ("Research Report, 2 July 2025", None),
        ("Company Update Research, 2 July 2025", None),
    ],
)
def test_a_house_whose_name_ends_in_research(line: str, broker: str | None) -> None:
    page = f"# Pumps and valves\n\n{line}\n\n## View\n\n{BODY}\n"
    report = made(page.encode(), "pumps.md")
    assert (report.broker, str(report.date)) == (broker, "2025-07-02")


@pytest.mark.parametrize(
    ("head", "broker"),
    [
        ("Gull Point Capital | Equity Research", "Gull Point Capital"),
        ("Gull & Point - Institutional Equity Research", "Gull & Point"),
        ("Pumps and valves | Company Research", None),
        ("Equity Research", None),
    ],
)
def test_a_house_that_signs_in_the_running_head(head: str, broker: str | None) -> None:
    def page(canvas: object) -> None:
        text(canvas, 60, 40, head, size=8)
        column(canvas, 60, 120, [BODY, "We rate the shares Buy with a target price of EUR 62."])

    assert made(draw(page, page, page), "pumps.pdf").broker == broker


@pytest.mark.parametrize(
    ("title", "body", "companies"),
    [
        ("Skarvik Foods: pricing power returns", "Skarvik reported growth.|The strongest unit of Skarvik is Oslo.", ("Skarvik Foods",)),
        ("Skarvik Foods: pricing power returns", "Skarvik reported growth.|Nobody else did.", ()),
        ("Harvest Foods: pricing power returns", "Harvest was early.|Harvest prices fell; the harvest is in.", ()),
        ("Global Foods: pricing power returns", "Global sales rose.|Global costs fell.", ()),
    ],
)  # fmt: skip
def test_a_company_that_the_text_calls_by_its_first_word(title: str, body: str, companies: tuple[str, ...]) -> None:
    page = "\n\n".join([f"# {title}", "2 July 2025", *body.split("|")])
    assert made(page.encode(), "note.md").companies == companies


@pytest.mark.parametrize(
    ("company", "called", "certain"),
    [
        ("The Harrow Sand Group, Inc.", "harrow sand", True),
        ("Fernway Foods, Inc.", "fernway", False),  # no word that anybody uses otherwise
        ("American Foods, Inc.", "american", None),
    ],
)
def test_a_company_is_called_without_its_article_and_by_a_coined_word(company, called, certain):
    names = names_of(Report("id", "10-K", "a.pdf", "pdf", "en", companies=(company,)))
    assert (called in names.about) == bool(certain)
    assert (called in names.likely) == (certain is False)


@pytest.mark.parametrize(
    ("head", "rating", "broker"),
    [
        (
            "Tern Valves (TRN): 3Q31 review",
            'Gull Partners stays "Neutral" and cuts the target to $178 [1]',
            "Gull Partners",
        ),
        ("Tern Valves (TRN): 3Q31 review", 'Tern Valves stays at "Neutral" with a target of $178 [1]', None),
        ("Tern Valves (TRN): 3Q31 review", 'The report keeps "Buy" on Tern Valves [1]', None),
        ("燕鸥阀门(688951):三季报点评", "远汀证券将燕鸥阀门评级由“买入”下调至“增持”,目标价175元 [1]", "远汀证券"),
        ("燕鸥阀门(688951):三季报点评\n远汀证券电子组 2031-08-27", "维持燕鸥阀门“买入”评级 [1]", "远汀证券"),
    ],
)
def test_the_house_of_a_digest_that_only_the_rating_names(head: str, rating: str, broker: str | None) -> None:
    heading = "评级" if head[0] == "燕" else "Investment Rating"
    text = f"{head}\n\n{heading} - {rating} - {BODY} [2] - {BODY.replace('4%', '5%')} [3]\n"
    report = made(text.encode(), "valves.txt")
    assert report.broker == broker
    field = next((each for each in report.provenance if each.name == "broker"), None)
    assert field is None or text[field.start : field.end].startswith(broker or "?")
