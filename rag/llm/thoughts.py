"""What stands in a reply and is no answer: thoughts of a model that thinks aloud, and what it says out of politeness."""

from __future__ import annotations

import re

_OPENS = ("<think>", "<thinking>", "<thought>", "<reasoning>", "◁think▷")
_CLOSES = ("</think>", "</thinking>", "</thought>", "</reasoning>", "◁/think▷", "<|channel|>final<|message|>")
_CLOSE = re.compile("|".join(map(re.escape, _CLOSES)))
_LONGEST = max(map(len, _CLOSES))
# Whole sentences, without a figure, that say nothing of the reports.
_CHATTER = re.compile(
    r"(?:sure(?: thing)?|certainly|of course|absolutely|okay|ok|great question|hello|hi)\W*"
    r"|(?:here(?:['’]s| is| are)|below (?:is|are))\b[^\d\n]{0,80}\b(?:answer|summary|comparison|table|overview|breakdown|information|details)\b[^\d\n]{0,60}"
    r"|(?:please )?(?:let me know|feel free)\b[^\d\n]{0,120}|(?:i )?hope (?:this|that) helps\W*|if you (?:need|have|want|would like)\b[^\d\n]{0,120}"
    r"|(?:please note|note|disclaimer|this is)\b[^\d\n]{0,40}\bnot\b[^\d\n]{0,30}\b(?:investment|financial) advice\W*"
    r"|(?:好的|当然(?:可以)?|没问题|[您你]好)\W*|(?:以下|下面)[是为][^\d\n]{0,40}(?:回答|答案|总结|对比|概述|信息|分析)\W*"
    r"|希望[^\d\n]{0,20}帮助\W*|如(?:果|需)?[您你]?[^\d\n]{0,30}(?:告诉我|随时|提问|问我)[^\d\n]{0,10}|[^\d\n]{0,12}不构成[^\d\n]{0,6}投资建议\W*",
    re.IGNORECASE,
)


def is_chatter(sentence: str) -> bool:
    """Whether a sentence without a citation is an introduction or a farewell: it is left out, and no fault of a draft."""
    return _CHATTER.fullmatch(sentence.strip()) is not None


class Thoughts:
    """Takes them out chunk by chunk: ``<think> … </think>`` at the beginning, where many servers leave out the first tag."""

    def __init__(self) -> None:
        self._begun = False  # whether it is known how the reply begins
        self._thinking = False
        self._held = ""  # what may be the beginning of a tag

    def without(self, chunk: str) -> tuple[str, bool]:
        """What of the reply so far is no thought, as far as it is new; and whether all that came before was."""
        text, self._held = self._held + chunk, ""
        if not self._begun:
            start = text.lstrip()
            if not start or any(tag.startswith(start) for tag in _OPENS):
                self._held = text
                return "", False
            self._begun, self._thinking = True, start.startswith(_OPENS)
        closes = [*_CLOSE.finditer(text)]
        if closes:
            self._thinking, text = False, text[closes[-1].end() :]
        if self._thinking:
            self._held = text[-_LONGEST:]
            return "", False
        near = text[-_LONGEST:]
        cut = next((i for i in range(len(near)) if any(tag.startswith(near[i:]) for tag in _CLOSES)), len(near))
        self._held = near[cut:]
        return text[: len(text) - len(self._held)], bool(closes)

    def rest(self) -> str:
        """What was held back; thoughts that never ended are no reply."""
        text, self._held = self._held, ""
        return "" if self._thinking or text.lstrip() in _OPENS else text
