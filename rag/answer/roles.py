"""`Who is the chief executive of Foo?`: the role, a person's name and the company have to stand together."""

from __future__ import annotations

import re

from rag.answer.wanted import Wanted
from rag.language import lexicon
from rag.language.words import terms_of
from rag.question.concepts import Asked

_CHIEF = re.compile(r"首席\w{2,3}官")
# Somebody or something that is only told by the role: 实际控制人近亲属控制的企业.
_BY_ROLE = re.compile(r"(?:的)?(?:近亲属|配偶|亲属|关联人)|控制的|及其|的?一致行动人|承诺|变更")
_TAUGHT = re.compile(r"毕业于|毕业院校|哪所(?:大学|院校|学校)|母校")
_SCHOOL = re.compile(r"毕业|大学|学院|院校|学校|学历")
NEAR = 60  # characters between a role and the name of who has it
OWNER = 120  # characters before a role in which its company stands
_ROLE = re.compile(
    r"\b(?:c[efot]o|chief \w+(?: officer)?|chair(?:man|woman|person)?|president|founder|managing director|finance (?:director|chief|boss|head)|head of finance|(?:new )?boss|general counsel|(?:company )?secretary)\b"
    r"|首席\w{2,3}官|董事长|总经理|总裁|财务总监|创始人|董事会秘书|董秘|行长|法定代表人|实际控制人",
    re.IGNORECASE,
)
# Capitalised words that are a title and no name.
_TITLE = (
    r"(?:Chief|Executive|Financial|Operating|Technology|Legal|Accounting|Officer|President|Vice|Senior|Chair\w*|Director\w*|Board|General|Counsel|Secretary|Managing|Company|Committee|The|Our|Mr|Ms|Mrs|Dr"
    r"|Founder|Inc|Corp\w*|Group|Ltd|Limited|Holdings|Head|Global|Management|Compensation|Named|Principal|Certification|Agreement|Section|Act|Plan|Annual|Report|Form|Code|Business|Conduct|Ethic\w*|Finance|Employees|Controller)\b"
)
_PERSON = re.compile(rf"(?<![A-Za-z])(?!{_TITLE})[A-Z][\w’'-]+\s+(?:[A-Z]\.\s*)*(?!{_TITLE})[A-Z][\w’'-]+")


# The owner of a role as it is written: `Foo Bank's CEO`, `CEO of Foo Bank`.
_OWNER = re.compile(r"((?:[A-Z][\w&-]*\s+)*[A-Z][\w&-]*)['’]s?\s+(?:\w+\s+){0,2}$")
_OF = re.compile(r"\s+(?:of|at)\s+(?!the\b)((?:[A-Z][\w&-]*\s*)+)")


def is_role(wanted: Wanted, piece: Asked) -> bool:
    """Whether a piece of a question is the role of the person who is asked for: a heading that has it names nobody."""
    return wanted.kind == "person" and bool(_ROLE.fullmatch(piece.surface))


def unfilled(wanted: Wanted, text: str) -> list[Asked]:
    """The role that a question asks the holder of, where a text names none or names another company's; else nothing."""
    roles = [piece for piece in wanted.focus if is_role(wanted, piece)]
    if not roles or (wanted.language == "zh" and not any(_who_has(role.surface, wanted.question) for role in roles)):
        return []
    if strange := [role for role in roles if _CHIEF.fullmatch(role.surface) and role.kind == "word"]:
        return [role for role in strange if role.surface not in text]  # no list knows it by another name
    for match in _ROLE.finditer(text):
        if _BY_ROLE.match(text, match.end()):
            continue
        around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
        names = [name for name in _PERSON.finditer(around) if not lexicon.entities(name[0])]
        if (names or not around.isascii()) and not _of_another(wanted, text, match.span()):
            return []
    return roles


def _who_has(role: str, question: str) -> bool:
    """Whether a Chinese question asks who has a role, and not something else of those who have it."""
    role = re.escape(role)
    return bool(re.search(rf"{role}.{{0,5}}(?:谁|哪|何人|什么|姓名|名字)|(?:谁|哪[位些几]).{{0,8}}{role}", question))


def unschooled(wanted: Wanted, text: str) -> list[Asked]:
    """The words that ask where somebody was taught, where a text names no school; the role, where it is of another one."""
    if not _TAUGHT.search(wanted.question):
        return []
    if not _SCHOOL.search(text):
        return [piece for piece in wanted.focus if _TAUGHT.search(piece.surface)]
    others = {match[0] for match in _ROLE.finditer(text)}
    return [p for p in wanted.focus if _ROLE.fullmatch(p.surface) and others and p.surface not in others]


def _of_another(wanted: Wanted, text: str, role: tuple[int, int]) -> bool:
    """Whether the company beside a role is none that the question names."""
    owners = [
        match[1] for match in (_OWNER.search(text, max(0, role[0] - OWNER), role[0]), _OF.match(text, role[1])) if match
    ]
    for found in lexicon.entities(text):
        beside = text[found.end : role[0]] if found.end <= role[0] else text[role[1] : found.start]
        if found.kind == "company" and re.fullmatch(r"(?:['’]s)?\s*(?:的|of|at)?\s*", beside):
            owners.append(text[found.start : found.end])
    names = frozenset(term for name in wanted.names for form in name.forms for term in form)
    return bool(names and owners) and not any(names & terms_of(owner) for owner in owners)
