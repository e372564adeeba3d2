"""The reasons of the verification in Chinese, for a Chinese sentence: each form of reason, and the same in Chinese."""

from __future__ import annotations

import re

_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), chinese)
    for pattern, chinese in (
        (r"(?P<a>.+) is not in the cited passages", r"引用的段落中没有\g<a>"),
        (r"(?P<a>.+) has another sign in the cited passage", r"\g<a>在引用的段落中正负号不同"),
        (r"(?P<a>.+) goes the other way in the cited passage", r"\g<a>在引用的段落中方向相反"),
        *(
            (rf"(?P<a>.+) is an? {side} in the cited passage", rf"\g<a>在引用的段落中是{chinese}")
            for side, chinese in (
                ("profit", "盈利"),
                ("loss", "亏损"),
                ("inflow", "流入"),
                ("outflow", "流出"),
                ("surplus", "盈余"),
                ("deficit", "赤字"),
            )
        ),
        (r"(?P<a>.+) is denied on one side and stated on the other", r"\g<a>一处为肯定,另一处为否定"),
        (r"(?P<a>.+) is a bound on the other side in the cited passage", r"\g<a>在引用的段落中是另一侧的界限"),
        (r"(?P<a>.+) is for (?P<b>.+) in the cited passage", r"\g<a>在引用的段落中对应的是\g<b>"),
        (r"(?P<a>.+) is compared with (?P<b>.+) in the cited passage", r"\g<a>在引用的段落中是与\g<b>相比"),
        (r"(?P<a>.+) is of (?P<b>.+) in the cited passage", r"\g<a>在引用的段落中是“\g<b>”的数字"),
        (r"(?P<a>.+) is a forecast in the cited passage", r"\g<a>在引用的段落中是预测值"),
        (r"(?P<a>.+) is reported in the cited passage", r"\g<a>在引用的段落中是实际值"),
        (r"(?P<a>.+) is no range of the cited passages", r"引用的段落中没有\g<a>这一区间"),
        (r"the cited passage has (?P<a>.+), not (?P<b>.+), in that place", r"引用的段落在该处是\g<a>,不是\g<b>"),
        (r"the cited passage has (?P<a>.+), not (?P<b>.+)", r"引用的段落中是\g<a>,不是\g<b>"),
        (r"(?P<a>.+) and (?P<b>.+) go the other way than it says", r"\g<a>与\g<b>的变化方向与所说相反"),
        (r"it says (?P<a>.+) where the cited passage says (?P<b>.+)", r"这里说“\g<a>”,引用的段落说“\g<b>”"),
        (r"it says the opposite of the cited passage about expectations", "关于预期的说法与引用的段落相反"),
        (r"the cited passage says the opposite direction", "引用的段落说的方向相反"),
        (r"it denies something that the cited passage does not deny", "这里否定了引用的段落没有否定的内容"),
        (r"the cited passage denies it", "引用的段落否定了这一点"),
        (r"the cited passages do not name (?P<a>.+)", r"引用的段落没有提到\g<a>"),
        (r"the cited passage has the change the other way round", "引用的段落中变化的先后相反"),
        (r"its wording is not that of the cited passages", "措辞与引用的段落不符"),
        (r"nothing is cited for it", "没有引用任何段落"),
        (r"it stands in the report's header or file, not in a passage", "出自研报的页眉或文件信息,不在段落中"),
        (r"the words “(?P<a>.+)” do not stand in the cited passages", r"引用的段落中没有“\g<a>”一词"),
    )
)


def in_chinese(reason: str) -> str:
    """A reason in Chinese; a part whose form is not known stays as it is."""
    parts = [part for part in re.split(r"; |(?<=[^\d\s])\. |\.$", reason) if part]
    return ";".join(map(_one, parts)) + "。" if parts else ""


def _one(part: str) -> str:
    for pattern, chinese in _FORMS:
        match = pattern.fullmatch(part.strip())
        if match:
            return match.expand(chinese)
    return part
