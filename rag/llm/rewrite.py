"""A follow-up completed by the model: one small call, and the rules of ``rag.followup.complete`` when its reply is no use."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence

from rag.errors import ProviderError
from rag.followup.complete import is_follow_up
from rag.language import analysis
from rag.language.lexicon import entities
from rag.llm.model import Message
from rag.llm.plain import plain, visible
from rag.llm.session import Session, Signal
from rag.llm.thoughts import Thoughts
from rag.types import Report

_TURNS = 4
_LONGEST = 500  # characters of a completed question

_LABEL = re.compile(r"^(?:[a-z]+ ){0,3}question\s*[:：]|^\S{0,6}问题\s*[:：]", re.IGNORECASE)

_RULES = """\
You complete questions. Given the earlier questions of a conversation and a new one, write the new one so that it can be \
understood alone: put in the company, metric, period or report that it leaves out and that the earlier questions name, and \
work out relative dates. Add nothing else, and do not answer. If the new question stands alone or changes the subject, \
repeat it as it is. Reply with the question only, on one line, in its own language."""


def complete(
    session: Session, question: str, history: Sequence[str], by_rule: str, reports: Sequence[Report] = ()
) -> Generator[Signal, None, str]:
    """The question with what it leaves out; ``by_rule``, as the rules complete it, where no model is needed or fails."""
    if not history or (not is_follow_up(question, reports) and entities(question)):
        return by_rule
    earlier = "\n".join(f"- {turn}" for turn in history[-_TURNS:])
    messages = (
        Message("system", _RULES),
        Message("user", f"Earlier questions:\n{earlier}\n\nNew question: {question}"),
    )
    reply = session.read(messages)
    text = ""
    try:
        for event in reply:
            if event is Signal.AGAIN:
                text = ""
            elif isinstance(event, Signal):
                yield event
            else:
                text += event
                if len(text) > 2 * _LONGEST:
                    break
    except ProviderError:
        return by_rule
    finally:
        reply.close()
    return usable(text, question, history) or by_rule


def usable(reply: str, question: str, history: Sequence[str]) -> str:
    """A reply as a question, empty when it is none: too long, in another language, or of somebody nobody asked about."""
    thoughts = Thoughts()
    words = thoughts.without(visible(reply))[0] + thoughts.rest()
    lines = [line for line in plain(words).splitlines() if line.strip()]
    if len(lines) != 1 and not (lines and lines[0].rstrip("\"'”* ").endswith(("?", "？"))):
        return ""  # behind a question a model may say what it took for granted
    text = _LABEL.sub("", " ".join(lines[0].split())).strip(" \"'“”")
    known = {entity.name for turn in (question, *history) for entity in entities(turn)}
    if not text or len(text) > _LONGEST or any(entity.name not in known for entity in entities(text)):
        return ""
    shared = set(analysis.terms(text)) & {term for turn in (question, *history) for term in analysis.terms(turn)}
    return text if shared and analysis.language(text) == analysis.language(question) else ""
