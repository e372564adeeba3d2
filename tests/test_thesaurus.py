"""The words of the asking: the file is sound, and what they stand for counts in a statement, for less than the word itself."""

from __future__ import annotations

import pytest

from rag import Library, Settings
from rag.language import lexicon, thesaurus
from rag.language.analysis import STOP_TERMS, language, terms
from rag.language.words import space, terms_of
from rag.question.concepts import KIN, asked
from rag.question.coverage import FAR, LOOSE, covered
from rag.question.disclosed import without_talk
from rag.question.idle import is_talk
from rag.question.loosely import is_exact, with_loose
from rag.question.terms import make_terms

LINES = [line.split("\t") for line in thesaurus.PATH.read_text("utf-8").splitlines() if line and line[0] != "#"]


def test_every_line_is_sound():
    for line in LINES:
        assert 1 <= len(line) <= 2, line
        phrases = [phrase for column in line for phrase in column.split("|")]
        assert all(phrase.strip() == phrase and phrase for phrase in phrases), line
        keys = line[0].split("|")
        assert len(keys) == len(set(keys)), line
        assert len({key.isascii() for key in keys}) == 1, line  # one language
    english = {key for line in LINES for key in line[0].split("|") if key.isascii()}
    chinese = {key for line in LINES for key in line[0].split("|") if not key.isascii()}
    assert len(english) > 2_000
    assert len(chinese) > 7_500


def test_no_name_of_goods_or_places_is_a_word_of_the_asking_and_no_form_is_empty():
    kinds = {"place", "product", "company", "sector"}
    keys = [key for line in LINES for key in line[0].split("|")]
    assert [key for key in keys if {entry.kind for entry in lexicon.lookup(key)} & kinds] == []
    said = [phrase for line in LINES for phrase in line[-1].split("|")]
    assert [phrase for phrase in said if STOP_TERMS.issuperset(terms(phrase))] == []


def test_a_text_is_read_by_its_longest_phrases_and_in_english_by_what_stands_within_them():
    text = "is Foo tightening its belt?"
    found = [each for each in thesaurus.english(text) if each.start == text.index("tight")]
    assert [text[each.start : each.end] for each in found] == ["tightening its belt", "tightening"]
    run = "哪块几乎不赚钱"
    assert [run[each.start : each.end] for each in thesaurus.chinese(run)] == ["几乎不赚钱"]
    assert thesaurus.chinese("賠錢") == thesaurus.chinese("赔钱") != ()


def test_a_phrase_may_be_told_by_the_words_in_it_but_not_by_those_that_it_denies():
    run = "要挖一吨煤"
    assert [run[each.start : each.end] for each in thesaurus.chinese(run)] == ["挖一吨煤", "一吨"]
    assert all(each.end - each.start > 2 for each in thesaurus.chinese("不赚钱"))


def test_a_character_that_is_part_of_no_word_is_a_word_unless_it_is_denied():
    assert [each.start for each in thesaurus.singles("酒卖得")] == [0, 1]
    assert thesaurus.singles("买卖") == () == thesaurus.singles("不亏")
    said = {piece.surface: covered(piece, terms_of("白酒销量下降")) for piece in with_loose(asked("酒卖得"), "酒卖得")}
    assert said == {"酒卖得": pytest.approx(LOOSE)}


@pytest.mark.parametrize(
    ("question", "end", "said"),
    [("这家公司谁说了算?", "谁说", "公司控股股东"), ("公司的钱花哪了?", "钱花哪", "募集资金拟投向新基地")],
)
def test_a_phrase_that_stop_words_part_is_lent_to_what_is_left_of_it(question, end, said):
    (piece,) = [piece for piece in with_loose(asked(question), question) if piece.surface.endswith(end)]
    assert covered(piece, terms_of(said)) > covered(piece, terms_of("天气晴")) == 0.0


@pytest.mark.parametrize(
    ("question", "surface", "said", "near"),
    [
        ("坏账多吗?", "坏账", "the NPL ratio was 1.2%", "不良贷款率为1.2%"),
        ("工厂忙吗?", "工厂忙", "capacity utilisation of 95%", "产能利用率为95%"),
        ("who is the boss?", "boss", "董事会聘任张三为总经理", "the chief executive"),
    ],
)
def test_what_may_be_said_is_found_in_the_other_language_but_counts_less(question, surface, said, near):
    found = {piece.surface: piece for piece in with_loose(asked(question), question)}
    piece = found.get(surface) or next(iter(found.values()))
    assert (
        covered(piece, terms_of("the weather")) < FAR <= covered(piece, terms_of(said)) < covered(piece, terms_of(near))
    )


def test_what_may_be_said_for_small_words_need_not_be():
    (piece,) = with_loose(asked("喷头下来"), "喷头下来")
    assert covered(piece, terms_of("喷头为3个")) == 1.0


@pytest.mark.parametrize(
    ("question", "surface", "said", "other"),
    [
        ("are shoppers spending less?", "less", "retail sales fell 0.5%", "retail sales rose 0.5%"),
        ("are shoppers spending less?", "shoppers", "consumer confidence", "the company's factory"),
        ("how heavily borrowed is Foo?", "borrowed", "net debt/EBITDA of 2.1x", "it pays wages"),
        ("how dependent is Foo on one customer?", "dependent", "38% of sales to the largest buyer", "it pays interest"),
        ("为什么越做越赔钱?", "越做越赔钱", "净亏损扩大", "净利润增长"),
        ("放弃了什么业务?", "放弃", "逐步退出贸易业务", "加大投入"),
    ],
)
def test_what_may_be_said_for_a_word_counts_less_than_the_word(question, surface, said, other):
    piece = next(piece for piece in with_loose(asked(question), question) if piece.surface == surface)
    assert 0.0 < covered(piece, terms_of(other)) + 0.01 < covered(piece, terms_of(said)) <= LOOSE < KIN
    assert covered(piece, terms_of(surface)) == 1.0


def test_names_numbers_measures_and_goods_are_asked_for_as_they_are():
    question = "did Shopper Group sell 30 more homes abroad at a better gross margin than Brent?"
    held = {piece.surface: piece.loose for piece in with_loose(asked(question), question)}
    assert all(not loose for surface, loose in held.items() if surface not in ("sell", "more", "better", "homes")), held
    assert is_exact("abroad")


def test_a_search_looks_for_what_may_be_said_too_but_less():
    question = "what did the boss fork out on research?"
    found = make_terms(question, lexicon.expand(question), ())
    assert 0.0 < found.english["capex"] < found.english["research"]
    assert 0.0 < make_terms("是不是太烧钱", (), ()).chinese["投入"] < 1.0


def test_a_run_of_talk_names_nothing():
    assert all(map(is_talk, ("没人吵", "能停", "会得多", "涨到", "还亏")))
    assert not any(map(is_talk, ("下调", "西山矿", "越来越高的毛利率", "talk")))


def test_either_or_asks_for_what_it_is_about():
    assert [without_talk(q).split() for q in ("公司赚不赚钱", "价格涨没涨", "一杯能赚几毛钱")] == [
        ["公司赚钱"],
        ["价格涨"],
        ["一杯能赚"],
    ]
    assert without_talk("毛利率高不高").split() == ["毛利率"]


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    note = tmp_path_factory.mktemp("reports") / "芦湾科技.md"
    note.write_text(
        "# 芦湾科技:季报点评\n\n## 业务\n\n第一大客户占收入的41%,前五大客户合计占68%。\n\n净亏损扩大到2.1亿元,因组件降价。\n\n"
        "上海工厂6月投产,年产能3万吨。\n",
        "utf-8",
    )
    home = tmp_path_factory.mktemp("home")
    with Library.open(Settings.load(rag_home=home, _env_file=None)) as library:
        library.add(note)
        yield library


@pytest.mark.parametrize(
    ("question", "said"),
    [("芦湾科技的生意离不开大买家吗?", "41%"), ("芦湾科技为什么越亏越多?", "组件降价")],
)
def test_what_is_asked_in_other_words_is_answered(library, question, said):
    assert said in library.ask(question).text


@pytest.mark.parametrize("question", ["芦湾科技欠了多少债?", "芦湾科技裁了多少人?", "芦湾科技有多少家店?"])
def test_what_single_characters_ask_for_has_to_be_told(library, question):
    assert library.ask(question).refused


def test_ordinary_words_of_chinese_weigh_less_than_those_no_list_knows():
    assert space().rarity("解释") < space().rarity("解释磷铵") < space().rarity("磷铵") == 1.0
    assert language("解释") == "zh"
