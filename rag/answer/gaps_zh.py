"""Things of a Chinese question that no list knows, told by where they stand in it, and of which a report says nothing."""

from __future__ import annotations

import re

from rag.answer.kinds import NUMBERS
from rag.answer.statement import PRESENT, Statement
from rag.answer.wanted import Wanted
from rag.language import lexicon
from rag.language.dictionary import words_in
from rag.question.concepts import Asked
from rag.question.coverage import covered
from rag.question.head import is_sort
from rag.question.idle import is_talk
from rag.reports.names import called, has_cjk
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index

KNOWN = 0.3  # coverage from which a word is not unknown
HOME = "China"  # the market of a paper in Chinese
LONG_WORD = 4  # characters of a Chinese word above which half of it must be there, to be no other
_END_ZH = re.compile(r"(?:[是为有占达]|大[概约])*(?:多少|多[大高长]|什么|几何|如何|怎么样|怎样)?.{0,2}[?？。 ]*")
_PLAIN_ZH = re.compile(  # says of what sort the answer is
    r"(?:[最总各]?(?:大|小|高|低|多|少)|金额|数额|总[额数]|股数|范围|区间|选项中?|正确|类型|方式|位置|名[称单]|日期|期限|内容|结果|方面|情形|标准|要求|意义|目的|作用|特点|优势|用途|去向|来源|情况"
    r"|[人户家台辆件项个次店笔只支款条股]数|数[量目]|时长|年限|[价高低长重]?度|哪[里儿]|谁|[多几]|调整|变[化动更]|修订|波动|影响|贡献|推动|带动|显示|体现|反映)+"
)
_DONE_TO_ZH = re.compile(r"(?:[对向给]|卖给|来自)$")
_OF_ZH = re.compile(r"^(?:业务|产品|项目|板块|分部|市场)?的?")


def unheard(index: Index, wanted: Wanted, piece: Asked, held: float, statement: Statement) -> bool:
    """Whether a Chinese question about a company has a word of which its short report has nothing.

    The word is asked for itself, or says of which plant, product or kind a measure is: no list can know these.
    """
    if wanted.language != "zh" or wanted.shape != "fact" or statement.evidence.passage.language != "zh":
        return False
    if statement.evidence.report.passages > SHORT_REPORT:
        return False  # there words of talk stand nowhere, and every other somewhere
    if piece.kind != "word" or piece.surface.isascii() or len(piece.surface) < 2 or is_talk(piece.surface):
        return False
    least = PRESENT if len(piece.surface) > LONG_WORD else KNOWN
    report = statement.evidence.report
    own = called(report)
    if held >= least or not any(covered(name, own) >= PRESENT for name in wanted.names):
        return False
    if not _tells_apart(wanted, piece):
        return False
    return covered(piece, index.report_terms(report.id, piece.terms)) < least


def strange(index: Index, wanted: Wanted, piece: Asked, statement: Statement) -> bool:
    """Whether a Chinese question asks a figure of a thing that its long report says nowhere, in none of its forms.

    The thing stands right before what is asked of it (`潜艇业务的毛利率`), or behind 对, 向 and the like.
    """
    report = statement.evidence.report
    if wanted.language != "zh" or wanted.kind not in NUMBERS or report.passages <= SHORT_REPORT:
        return False
    if piece.kind not in ("word", "term") or piece.surface.isascii() or report.language != "zh":
        return False
    ordinary = sum(word.end - word.start for word in words_in(piece.surface)) == len(piece.surface)
    if ordinary or is_sort(piece.surface) or _PLAIN_ZH.fullmatch(piece.surface) or not _has_a_figure(wanted, piece):
        return False
    there = index.report_terms(report.id, piece.terms.union(*(frozenset(form) for form in piece.kin)))
    least = PRESENT if len(piece.surface) >= LONG_WORD else KNOWN
    said = piece.said_by(there) or (piece.meant_by(there) and len(piece.surface) <= LONG_WORD)
    return not said and len(there.intersection(piece.forms[0])) < least * len(piece.forms[0])


def _has_a_figure(wanted: Wanted, piece: Asked) -> bool:
    """Whether a Chinese word stands right before something that is asked of it, or is whom something is done to."""
    before, _, behind = wanted.question.partition(piece.surface)
    if _DONE_TO_ZH.search(before):
        return True
    others = [
        other.surface for other in (*wanted.focus, *wanted.periods) if other is not piece and other.kind != "word"
    ]
    behind = _OF_ZH.sub("", behind, count=1)
    return any(behind.startswith(other) for other in others)


def _tells_apart(wanted: Wanted, piece: Asked) -> bool:
    """Whether a Chinese word is the last of its question, or stands right before a term or a metric."""
    at = wanted.question.find(piece.surface)
    behind = wanted.question[at + len(piece.surface) :]
    for period in wanted.periods:
        behind = behind.removeprefix("的").removeprefix(period.surface)
    behind = behind.removeprefix("的")
    if at < 0 or is_sort(piece.surface) or _PLAIN_ZH.fullmatch(piece.surface):
        return False
    others = [other.surface for other in wanted.focus if other.kind in ("term", "metric")]
    return bool(_END_ZH.fullmatch(behind)) or any(behind.lower().startswith(other) for other in others)


def at_home(piece: Asked, statement: Statement) -> bool:
    """Whether China is asked for, of a paper in Chinese by its title, which has no need to name it, and no other place is told of."""
    title = statement.evidence.report.title or ""
    if not has_cjk(title) or not any(HOME in found.concept.forms for found in lexicon.expand(piece.surface)):
        return False
    return all(found.kind != "place" for found in lexicon.expand(f"{title} {statement.text}"))
