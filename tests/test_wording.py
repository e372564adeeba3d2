"""What the engine says in Chinese: every message that it can raise has a form, and what varies is kept."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator

import pytest
from conftest import ROOT
from quay_samples import EN, ZH

from rag.language.analysis import language
from rag.language.wording import _FILE, in_chinese
from rag.readers.pdf import _warnings as pdf_warnings
from rag.verify import reasons
from ui.i18n import worded

ERRORS = {"InputError", "ReaderError", "StoreError", "BusyError", "ModelMismatch", "ProviderError", "TooLong", "Spent"}
MADE_OF_OTHERS = {"7 7.", "7 of 7 7", "7 sent an empty reply7."}
"""Messages whose parts are forms themselves, or that no reader of the page sees."""


def written(node: ast.expr) -> str | None:
    """A message as it is written in the code, 7 for what varies; None for one that is made elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    return None


def raised() -> Iterator[str]:
    for path in sorted([*(ROOT / "rag").rglob("*.py"), *(ROOT / "ui").glob("*.py")]):
        if "cli" in path.parts or path.name in ("settings.py", "serve.py", "talk.py", "api.py", "feedback.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS and node.args:
                message = written(node.args[0])
                if message and message not in MADE_OF_OTHERS:
                    yield message


def test_every_message_has_a_chinese_form() -> None:
    messages = list(raised())
    assert len(messages) > 80
    lacking = [message for message in messages if not re.search("[一-鿿]", in_chinese(message))]
    assert not lacking, f"add them to {_FILE.name}: {lacking}"


def test_both_sides_of_the_table_have_the_same_gaps() -> None:
    for line in _FILE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            english, chinese = line.split("\t")
            gaps = [{name for _, name, _, _ in string.Formatter().parse(side) if name} for side in (english, chinese)]
            assert gaps[0] == gaps[1], line


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("a.png is a PNG image, not a report text; add a PDF, Word, HTML, Markdown or text file.",
         "a.png 是 PNG 图片，不是研报文本，请添加 PDF、Word、HTML、Markdown 或文本文件。"),
        ("Meat and page 3.pdf is empty; a report needs some text.", "Meat and page 3.pdf 是空文件，研报需要有文字。"),
        ("x.pdf is encrypted and asks for a password; save a copy without one and add that.",
         "x.pdf 已加密且需要密码，请另存一份不带密码的副本再添加。"),
        ("The model gpt answered 401: it refused the key; check OPENAI_API_KEY.",
         "模型 gpt 返回 401：密钥被拒绝，请检查 OPENAI_API_KEY。"),
        ("target_price is 'x': expected a number such as 185.50.", "目标价为 'x'，应为数字，如 185.50。"),
        ("2 characters of a.txt could not be read as gb18030 and are shown as \ufffd.",
         "a.txt 中有 2 个字符无法按 gb18030 读取，显示为 \ufffd。"),
        ("Nobody has ever written this.", "Nobody has ever written this."),
        ("", ""),
    ],
)  # fmt: skip
def test_what_varies_is_kept(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese and worded(ZH, english) == chinese and worded(EN, english) == english


def test_pages_that_could_not_be_read_are_named_in_chinese() -> None:
    told = [in_chinese(warning) for warning in pdf_warnings([3], [], [1, 2, 5], [*range(1, 99, 2)])]
    assert told[0] == "第 3 页没有文字：空白页或扫描页，其内容检索不到，可先做 OCR。"
    assert told[1].startswith("第 1-2、5 页的字体") and "另外" in told[2] and "page" not in " ".join(told)


def test_reasons_for_doubt_have_chinese_forms() -> None:
    for reason in (
        "Nothing is cited for it.",
        "The words “wide moat” do not stand in the cited passages.",
        "It stands in the report's header or file, not in a passage.",
    ):
        assert language(reasons.in_chinese(reason)) == "zh"
