"""The lexicon file: every line is sound, no form stands for two things unless it says so, and it is large enough."""

from __future__ import annotations

from collections import defaultdict

import pytest

from rag.language import lexicon
from rag.language.lexicon_file import FLAGS, KINDS, STATEMENTS, concepts


def test_every_entry_is_sound():
    names = {form for concept in concepts() for form in concept.forms}
    for concept in concepts():
        assert concept.kind in KINDS and concept.forms, concept
        assert concept.flags <= FLAGS and concept.statement in STATEMENTS | {""}, concept
        assert set(concept.parts) <= names, concept
    assert len(concepts()) >= 1_500


def test_a_form_stands_for_one_thing_unless_it_is_shared():
    owners = defaultdict(list)
    for concept in concepts():
        for form in concept.forms:
            owners[form.lower()].append(concept)
    twice = {form for form, found in owners.items() if len(found) > 1}
    assert {form for form in twice if not all("shared" in concept.flags for concept in owners[form])} == set()


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("capex", "capital expenditures"),
        ("purchases of property, plant and equipment", "capital expenditures"),
        ("资本开支", "capital expenditures"),
        ("净利润", "net income"),
        ("毛利率", "gross margin"),
        ("目标价", "target price"),
        ("primary customers", "top five customers"),
        ("保荐人", "sponsor"),
    ],
)
def test_terms_of_both_languages_lead_to_one_concept(asked, meant):
    assert [found.canonical for found in lexicon.expand(asked)] == [meant]


@pytest.mark.parametrize(
    ("name", "language", "called"),
    [
        ("比亚迪", "en", "BYD"),
        ("BYD", "en", "BYD"),
        ("Alibaba", "zh", "阿里巴巴"),
        ("Northquay Ferries", "zh", "Northquay Ferries"),
    ],
)
def test_a_company_is_called_as_the_language_calls_it(name, language, called):
    assert lexicon.named_in(name, language) == called
