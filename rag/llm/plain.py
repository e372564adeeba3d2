"""A model's words as plain text: nothing in them can become a link, an image, HTML or a character that hides."""

from __future__ import annotations

import html
import re
import unicodedata

_IMAGE = re.compile(r"!\[([^\[\]\n]{0,400})\]\([^()\n]{0,2000}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,400})\]\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)")
_COMMENT = re.compile(r"<!--[^\n]{0,2000}?-->")
_TAG = re.compile(r"</?[A-Za-z!?][^<>\n]{0,2000}>")
_TAG_START = re.compile(r"<(?=[A-Za-z/!?])")
_URL = re.compile(
    r"\b(?:[a-z][a-z0-9+.-]{1,20}://|www\.)[^\s<>\"'`，。；、）)\]】]+|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.[a-z]{2,12}/[^\s<>\"'`，。；、）)\]】]+|\b(?:javascript|data|vbscript|mailto):[^\s)]+",
    re.IGNORECASE,
)
_ESCAPE = re.compile("(?<!\\\\)\\\\++(?=\x1f)")  # of an escaped bracket, which was a citation
_EMPTY = re.compile(r"[ \t]?(?:\([ \t]*\)|（[ \t]*）|\[[ \t]*\])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
_TOKEN = re.compile(r"<\|[a-z_]{1,30}\|>")  # a control token that a server did not take out
_EMPHASIS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|`+")
_ITALIC = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,200}?)(?<=\S)\*(?![\w*])")
_HIDDEN = ("Cc", "Cf", "Cs", "Co")  # control, format, surrogate, private use


def visible(text: str) -> str:
    """Text without control and format characters: they hide words, or turn their order around."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in _HIDDEN)


def plain(text: str) -> str:
    """One line of a reply as plain text, without web addresses: one that a report plants is as bad as a made-up one.

    Links and images keep their words, and slots (see ``rag.answer.citations``), which Python counts as white space, stay. What could still be read as Markdown's syntax for them is broken up.
    """
    text = _ENTITY.sub(lambda match: visible(html.unescape(match[0])).replace("\xa0", " "), _ESCAPE.sub("", text))
    text = _IMAGE.sub(r"\1", text)
    text = _LINK.sub(r"\1", text)
    text = _TAG.sub("", _COMMENT.sub("", _TOKEN.sub("", text)))
    text = _URL.sub("", text)
    text = _ITALIC.sub(r"\1", _EMPHASIS.sub("", text))
    text = _TAG_START.sub("‹", text)
    text = text.replace("](", "] (").replace("![", "! [").replace("][", "] [").replace("]:", "] :")
    return re.sub(r"[ \t]{2,}", " ", _EMPTY.sub("", text)).strip(" \t\n")
