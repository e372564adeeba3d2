"""What was read while a model writes is not read again when its sentences are checked."""

from __future__ import annotations

import gc
from collections import Counter
from datetime import date
from functools import _lru_cache_wrapper

import pytest

import rag.verify.ahead
from rag.types import Evidence, Locator, Passage, Report
from rag.verify.ahead import read_ahead
from rag.verify.sentence import verify_sentence

# Of all passages that a sentence cites together, or of two words: nothing of a passage is read in them.
NOT_OF_ONE_PASSAGE = {"_joined", "language", "_is_said", "_one_weight", "chinese_forms", "_alike", "words_in"}
NAMES = ("Aldermoor", "Bransford", "Corvale")
FERRIES = (
    "Ferry fares of {0} rose 4.1% to 18.7 million in 2024, and none of its piers closed. Last year {0} had sold 12 ferries, and it "
    "plans to buy 3 more at {0} by June. Adjusted profit of {0}, before tax, was 5.5 million (2023: 4.9 million), in line with forecasts."
)
CARDS = "(in millions) | 2024 | 2023\n{0}, cards | 1,204 | 1,150\n{0}, loans | (20) | (22)"
CHINESE = "{0}2024年收入为18.7亿元,同比增长4.1%;{0}尚未完成收购,净利润为5.5亿元,上年为4.9亿元。"
SAID = (
    "In 2024 {0} took in 18.7 million, up 4.1% on the year.",
    "Fares of {0} fell 4.1% to 18.7 million in 2024.",
    "{0} bought 12 ferries last year and closed no pier.",
    "The profit of {0} rose by 0.6 million to 5.5 million, beating forecasts.",
    "Cards of {0} brought 1,204 million in 2024, 54 million more than the year before.",
    "{0} counted 300 firms in the CSI 300.",
    "{0} may not close a pier, which is as good for its passengers as for its captains.",
)
SAID_IN_CHINESE = ("2024年{0}收入增长4.1%至18.7亿元。", "{0}已完成收购,净利润比上年增加0.6亿元。")


def cited(text: str, name: str) -> Evidence:
    told = text.format(name)
    kind = "table" if " | " in told else "statement"
    passage = Passage(f"p-{name}-{len(told)}", f"r-{name}", 0, told, 0, len(told), kind, Locator("mark", (1,)), 1)
    report = Report(f"r-{name}", f"{name}.txt", "digest", "en", f"{name}: a report", date=date(2025, 3, 1))
    return Evidence(passage, report, 1.0)


def misses() -> Counter[str]:
    """How often each kept reading of texts was not there."""
    kept = [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]
    of_texts = [each for each in kept if each.__module__.startswith(("rag.verify", "rag.figures", "rag.language"))]
    return Counter(
        {
            f"{each.__module__}.{each.__name__}": each.cache_info().misses
            for each in of_texts
            if each.__name__ not in NOT_OF_ONE_PASSAGE
        }
    )


@pytest.mark.parametrize("text", [FERRIES, CARDS, CHINESE])
@pytest.mark.parametrize(("language", "sentences"), [("en", SAID), ("zh", SAID_IN_CHINESE)])
def test_all_that_the_check_asks_of_a_passage_is_read_ahead(text, language, sentences):
    """The sentences are known from another passage, in which nothing but the name is different."""
    for name in NAMES[:2]:
        for said in sentences:
            verify_sentence(said.format(NAMES[0]), [cited(text, name)])
    passage = cited(text, NAMES[2])
    read_ahead([passage], language)
    before = misses()
    for said in sentences:
        verify_sentence(said.format(NAMES[0]), [passage])
    assert dict(misses() - before) == {}


def test_every_passage_is_read_ahead_by_itself(monkeypatch):
    read = []
    monkeypatch.setattr(rag.verify.ahead, "labels", lambda reading, language: read.append((reading.text, language)))
    read_ahead(["Fares rose 4.1%.", "Fares fell 2.2%."], "zh")
    assert read == [("Fares rose 4.1%.", "zh"), ("Fares fell 2.2%.", "zh")]
