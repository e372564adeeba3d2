"""The analysts of a report: by their label, their licence number, or the lines of a name with its post, phone and e-mail."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from rag.language.lexicon import entities, lookup
from rag.reports.front_matter import Piece, found, matches, pieces, segments
from rag.types import Found, Parsed

_ZH_ROLE = r"(?:(?:首席|证券|资深|高级|研究)*(?:分析师|研究员|分析员)|作者|姓名)"
_ZH_NAME = r"[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])"
_ZH_AUTHOR = re.compile(
    rf"(?:首席|证券|资深|研究)?(?:分析师|研究员)\s*(?:[:：|]|\s)\s*(?P<names>{_ZH_NAME}(?:\s*[、，,/|]\s*{_ZH_NAME})*)"
)
# The Securities Association of China registers analysts under S (or A) and 13 digits.
_LICENCE = re.compile(r"(?<![A-Za-z\d])[SA]\d{13}(?!\d)")
_ZH_LICENCE = re.compile(
    rf"(?:{_ZH_ROLE}\s*[:：]?\s*)?(?P<names>[\u4e00-\u9fff]{{2,4}})\s*(?:[（(]{_ZH_ROLE}[）)])?\s*{_ZH_ROLE}?\s*(?:[A-Za-z0-9._-]{{1,40}}@[A-Za-z0-9._-]{{1,60}}\s+)?[|（(]?\s*(?:SAC)?\s*"
    r"(?:执业|登记|执证)?(?:证书)?(?:编号|号码?)?\s*[:：]?\s*[SA]\d{13}(?!\d)"
)
_ZH_BADGE = re.compile(
    rf"(?:{_ZH_ROLE}\s*[:：]?\s*)?(?P<name>[\u4e00-\u9fff]{{2,4}}?)\s*(?:[（(]?{_ZH_ROLE}[）)]?)?[*#]?(?P<reach>\s*[A-Za-z0-9._-]{{1,40}}@[A-Za-z0-9.-]{{1,60}}(?:\s[(+]?\d[\d\s()-]{{6,20}})?)?"
)
_NOT_AUTHOR = re.compile(
    r"声明|承诺|简介|执业|证书|及其|登记|联系|介绍|保证|姓名|团队|邮箱|电话|编号|分析师|分析员|研究|证券|评级|行业|公司|助理|资料|数据|信息|基本|市场|股份"
)
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞"
    "齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪"
    "干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠甄曲家封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶"
    "黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步"
    "都耿满弘匡国文寇广禄阙东殴殳沃利蔚越夔隆师巩厍聂晁勾敖融冷辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖付代覃尉欧诸葛司上夏独令南西百呼太皇澹轩宇长鲜闾亓拓第赫端淳商帅况岳哈"
)
_EN_WORD = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿĀ-ſ]*[a-zß-öø-ÿĀ-ſ](?:[’'-][A-Za-zÀ-ÿ]+)*|(?:O|D)[’'][A-Z][a-z]+|Mc[A-Z][a-z]+"
_EN_NAME = rf"(?:{_EN_WORD})(?:[ \t][A-Z]\.)?(?:[ \t](?:{_EN_WORD}|(?:van|von|de|der|den|da|di|la|le|bin|al)\b)){{1,3}}"
POSTS = r"(?:CFA|CPA|PhD|Ph\.D\.|FRM|MD|MBA|FCA|CAIA)"  # degrees and licences behind a name
_MARKED = r"[⁰¹²³⁴-⁹⁽⁾*†‡]*"
_POST = rf"{_MARKED}(?:,?[ \t]{POSTS})*"
_EN_AUTHOR = re.compile(
    r"\b(?i:(?:(?:lead|senior|research|equity|covering)\s+)*(?:analysts?|authors?))(?:\(s\))?\s*[:|]\s*"
    rf"(?P<names>{_EN_NAME}{_POST}(?:\s*(?:,\s*and\b|,|;|&|\||\band\b)\s*{_EN_NAME}{_POST})*)"
)
_EN_ROLE = (
    r"(?:(?:Lead|Senior|Junior|Chief|Equity|Research|Credit|Global|Deputy|Quantitative|Macro|Investment|Associate)\s)*"
    r"(?:Analyst|Strategist|Economist|Associate)s?\b|Head\sof\s[A-Z]|Director\sof\sResearch|Managing\sDirector|Vice\sPresident"
)
_EN_BADGE = re.compile(
    rf"(?P<name>{_EN_NAME})\s?{_POST}(?:\s?[*†‡]|\sAC\b)?(?P<role>\s*[,–—(-]\s*(?:{_EN_ROLE}).*)?"
    r"(?P<reach>[,;]?\s+(?:(?:T|Tel|Ph)[.:]?\s*)?[+(]?\d[\d\s().-]{6,}.*|[,;]?\s+\S+@\S+.*)?"
)
_ROLE_LINE = re.compile(rf"(?:{_EN_ROLE})")
_PHONE = re.compile(r"(?:(?:T|Tel|Ph)[.:]?\s*)?[+(]?\d[\d\s().-]{6,}\d\b")
_ADDRESS = re.compile(r"\S@\w")
_NOT_PERSON = re.compile(
    r"\b(?:Certification|Research|Securities|Coverage|Disclosures?|Limited|Capital|Reports?|Ratings?|Price|Target|Equit(?:y|ies)"
    r"|Analysts?|Associates?|Strategists?|Economists?|Head|Senior|Chief|Director|Team|Sales|Trading|Desk|Contacts?|Key|Data|Markets?"
    r"|Investments?|Bank|Banking|Street|Road|Avenue|Floor|House|Centre|Center|Tower|Square|Building|Plaza|Company|Description|Details"
    r"|Hong|Kong|York|London|Singapore|Tokyo|Asia|Pacific|Europe|China|United|States|Kingdom|Important|General|Client|Services|Group"
    r"|Industry|Sector|Technology|Financials|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_EMAIL = re.compile(r"(?<![\w.-])(?P<local>[A-Za-z]{1,40}(?:[._-][A-Za-z]{1,40}){1,4}|[A-Za-z]{4,40})@[\w.-]{1,80}\.\w")
_PERSON = re.compile(rf"(?<!\w)(?P<name>{_EN_NAME})")
_NEAR = 3  # lines below a name that may hold its post, phone, licence or e-mail
_MOST = 8
_LONGEST = 200  # characters of a line that holds a name with all that belongs to it


def authors(parsed: Parsed) -> list[Found]:
    """Analysts by their label, licence or badge, and by an e-mail address that spells a name of the front."""
    parts = pieces(parsed)
    named: dict[str, Found] = {}
    for pattern in (_ZH_AUTHOR, _ZH_LICENCE):
        for match, part in matches(pattern, parts):
            for name in re.split(r"[\s、，,/|]+", match["names"]):
                if name[0] in _SURNAMES and not _NOT_AUTHOR.search(name):
                    named.setdefault(name, found("authors", name, match, part))
    for match, part in matches(_EN_AUTHOR, parts):
        for name in re.findall(_EN_NAME, match["names"]):
            if not _NOT_PERSON.search(name):
                named.setdefault(name, found("authors", name, match, part))
    for field in _badges(segments(parts)):
        named.setdefault(field.value, field)
    last = {name.split()[-1] for name in named}
    named.update((name, field) for name, field in _by_email(parts).items() if name.split()[-1] not in last)
    return list(named.values())[:_MOST]


def _badges(lines: Sequence[Piece]) -> Iterator[Found]:
    """Names that are a line, with post, phone, e-mail or licence in it or in the lines below."""
    for place, line in enumerate(lines):
        if len(line.text) > _LONGEST:
            continue
        below = [other.text for other in lines[place + 1 : place + 1 + _NEAR]]
        if match := _ZH_BADGE.fullmatch(line.text.strip()):
            if _is_chinese_author(match["name"], [match["reach"] or "", *below]):
                yield _named(line, match["name"])
        elif (match := _EN_BADGE.fullmatch(line.text.strip())) and _is_author(match, below):
            yield _named(line, match["name"])


def _named(line: Piece, name: str) -> Found:
    start = line.start + line.text.index(name)
    return Found("authors", name, name, start, start + len(name), line.page)


def _is_chinese_author(name: str, below: Sequence[str]) -> bool:
    if _NOT_AUTHOR.search(name) or name[0] not in _SURNAMES or lookup(name) or any(entities(name)):
        return False
    until = next((n for n, text in enumerate(below) if _is_badge(text)), len(below))
    own = below[:until]
    if any(_LICENCE.search(text) for text in own):
        return True
    return any(_ADDRESS.search(text) for text in own[:2])


def _is_badge(text: str) -> bool:
    match = _ZH_BADGE.fullmatch(text.strip())
    return match is not None and not _NOT_AUTHOR.search(match["name"])


def _is_author(match: re.Match[str], below: Sequence[str]) -> bool:
    name = match["name"]
    if _NOT_PERSON.search(name) or any(entity.kind != "person" for entity in entities(name)):
        return False
    if match["role"] or match["reach"]:
        return True
    until = next((n for n, text in enumerate(below) if _EN_BADGE.fullmatch(text.strip()) and n), len(below))
    first, own = below[:1], below[:until]
    if first and (_ROLE_LINE.match(first[0]) or _PHONE.match(first[0]) or _ADDRESS.search(first[0])):
        return True
    return any(_ADDRESS.search(text) and _spells_any(text, name) for text in own)


def _spells_any(text: str, name: str) -> bool:
    return any(_spells(match["local"].lower(), _words(name)) for match in _EMAIL.finditer(text))


def _by_email(parts: tuple[Piece, ...]) -> dict[str, Found]:
    """English names whose parts an e-mail address on the same page repeats: ``Jane Doe`` and ``jane.doe@...``."""
    locals_ = {match["local"].lower() for match, _ in matches(_EMAIL, parts)}
    named: dict[str, Found] = {}
    for match, part in matches(_PERSON, parts) if locals_ else ():
        if _NOT_PERSON.search(match["name"]):
            continue
        words = _words(match["name"])
        if any(_spells(local, words) for local in locals_):
            named.setdefault(match["name"], found("authors", match["name"], match, part, "name"))
    return named


def _words(name: str) -> list[str]:
    """The parts of a name as an address spells them: small letters without accents."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).replace("ø", "o")
    return [word.lower() for word in re.findall(r"[A-Za-z’']{2,}", plain.replace("'", "").replace("’", ""))]


def _spells(local: str, words: list[str]) -> bool:
    """Whether the part of an address before the @ is made of a person's names, or of an initial and the last name."""
    if len(words) < 2:
        return False
    first, last = words[0], words[-1]
    joined = re.sub(r"[._-]", "", local)
    return joined in (first + last, last + first, first[0] + last, last + first[0], "".join(words))
