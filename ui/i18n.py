"""The words of the interface, in English and Chinese. Answers keep the language of their reports and questions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from rag.language.wording import in_chinese

Tongue = Literal["en", "zh"]
Words = Mapping[str, str]
"""Every word of the interface in one language, by its name."""

_WORDS: dict[str, tuple[str, str]] = {
    # page
    "tongue": ("en", "zh"),
    "app": ("Report Chat", "研报问答"),
    "tagline": ("Ask your research reports. Every sentence shows its source.", "向研报提问，每句话都有出处。"),
    "library": ("Library", "资料库"),
    "conversation": ("Conversation", "对话"),
    "proof": ("Source", "原文"),
    "rooms": ("Rooms", "区域"),
    "views": ("Views", "观点"),
    "other_language": ("中文", "English"),
    "theme": ("Light or dark", "浅色或深色"),
    "read_only": ("Read only", "只读"),
    "skip": ("Skip to the question box", "跳到提问框"),
    # asking
    "ask_label": ("Your question", "您的问题"),
    "ask_placeholder": ("Ask about your reports…", "就研报提问……"),
    "send": ("Ask", "提问"),
    "stop": ("Stop", "停止"),
    "stopped": ("Stopped before the answer was complete.", "回答未完成即被停止。"),
    "new_chat": ("New conversation", "新对话"),
    "history": ("History", "历史对话"),
    "history_none": ("Conversations are kept in this browser.", "对话保存在本浏览器中。"),
    "delete_chat": ("Delete this conversation", "删除此对话"),
    "welcome": ("What would you like to know?", "您想了解什么？"),
    "welcome_sub": (
        "Answers quote the reports and nothing else; click a number such as [5] to see the place it comes from.",
        "回答只引用研报内容；点击 [5] 这样的编号即可查看原文出处。",
    ),
    "welcome_empty": ("Your library is empty", "资料库为空"),
    "welcome_empty_sub": (
        "Add research reports under Library (PDF, Word, HTML, Markdown or text, English or Chinese), then ask.",
        "请先在“资料库”中添加研报（PDF、Word、HTML、Markdown 或文本，中英文均可），然后提问。",
    ),
    "searching": ("Searching the reports…", "正在检索研报……"),
    "resolved": ("Searched as", "检索问题"),
    "follow_ups": ("You could also ask", "还可以问"),
    "scope_all": ("Asking all {n} reports", "面向全部 {n} 份研报提问"),
    "scope_one": ("Asking the 1 report", "面向 1 份研报提问"),
    "scope_some": ("Asking {k} of {n} reports", "面向所选 {k} / {n} 份研报提问"),
    "scope_clear": ("ask all", "全部"),
    # answers
    "sources": ("Sources", "来源"),
    "refused": ("Not covered by the reports", "研报未涉及"),
    "nearest": ("Nearest passages, not an answer", "最接近的段落（并非答案）"),
    "partly": ("partly supported", "部分有据"),
    "unsupported": ("not supported by the reports", "研报中无依据"),
    "figure_unverified": ("This figure was not found in the cited passages", "所引段落中未找到该数字"),
    "figures_all": ("{found} of {all} figures found in the cited passages", "{all} 个数字中有 {found} 个见于所引段落"),
    "supported_all": ("every sentence supported", "每句均有依据"),
    "supported_some": ("{ok} of {all} sentences supported", "{all} 句中 {ok} 句有依据"),
    "by_extract": ("quoted from the reports, no model", "摘自原文，未用模型"),
    "by_model": ("written by {model}, checked against the reports", "由 {model} 撰写，并与原文核对"),
    "by_llm": ("written by a language model, checked against the reports", "由语言模型撰写，并与原文核对"),
    "tokens": ("{read} tokens read, {written} written", "读入 {read} 词元，写出 {written} 词元"),
    "cost": ("cost {cost}", "费用 {cost}"),
    "as_of": ("as of {date}", "截至 {date}"),
    "as_of_range": ("reports dated {first} to {last}", "研报日期 {first} 至 {last}"),
    "markers_dropped": ("{n} unknown markers removed", "已移除 {n} 个无效标记"),
    "passages_n": ("{n} passages", "{n} 处"),
    "passages_1": ("1 passage", "1 处"),
    "mark": ("mark", "标记"),
    "page": ("page", "页"),
    "paragraph": ("paragraph", "段落"),
    "place_mark": ("mark {n}", "标记 {n}"),
    "place_page": ("page {n}", "第 {n} 页"),
    "place_paragraph": ("paragraph {n}", "第 {n} 段"),
    # actions under an answer
    "copy": ("Copy", "复制"),
    "copy_md": ("Copy as Markdown", "复制为 Markdown"),
    "copied": ("Copied", "已复制"),
    "link": ("Link", "链接"),
    "edit_again": ("Edit and ask again", "修改后重新提问"),
    "editing": (
        "Editing an earlier question: it and the answers after it will be replaced.",
        "正在修改之前的问题：该问题及其后的回答将被替换。",
    ),
    "right": ("Right", "正确"),
    "wrong": ("Wrong", "错误"),
    "wrong_citation": ("Wrong citation", "引用有误"),
    "comment": ("What is wrong? (optional)", "哪里有误？（可不填）"),
    "comment_send": ("Save", "保存"),
    "cancel": ("Cancel", "取消"),
    "thanks": ("Saved, thank you.", "已保存，谢谢。"),
    "export_md": ("Markdown", "Markdown"),
    "export_docx": ("Word", "Word"),
    "export": ("Export", "导出"),
    "table_csv": ("Table as CSV", "表格导出 CSV"),
    "asked": ("Question", "问题"),
    # proof
    "proof_empty": ("The proof appears here", "原文将在此显示"),
    "proof_empty_sub": (
        "Click a citation such as [5] in an answer, or a report in the library, to read the place it comes from.",
        "点击回答中的引用编号（如 [5]）或资料库中的研报，即可在此查看原文。",
    ),
    "proof_gone": (
        "This report is no longer in the library. The citation said:",
        "该研报已不在资料库中。引用内容为：",
    ),
    "proof_unknown": ("This citation does not lead to a passage of the library.", "该引用未指向资料库中的任何段落。"),
    "previous": ("Previous citation", "上一处引用"),
    "next": ("Next citation", "下一处引用"),
    "previous_page": ("Previous page", "上一页"),
    "next_page": ("Next page", "下一页"),
    "view_text": ("Text", "文本"),
    "view_page": ("Page", "页面"),
    "zoom": ("Zoom", "放大"),
    "view_hint": ("Switch between the page and its text", "在页面与文本之间切换"),
    "open_file": ("Open the file", "打开原文件"),
    "cited_here": ("cited passage", "所引段落"),
    "earlier_text": ("{n} earlier passages", "前面还有 {n} 段"),
    "later_text": ("{n} later passages", "后面还有 {n} 段"),
    "boilerplate": ("legal text, not searched", "法律声明，不参与检索"),
    "page_n": ("Page {n}", "第 {n} 页"),
    # library
    "add": ("Add reports", "添加研报"),
    "add_drop": ("Drop reports here or click to choose", "将研报拖到此处，或点击选择"),
    "add_hint": (
        "PDF, Word, HTML, Markdown, text · up to {mb} MB each, {n} at a time",
        "PDF、Word、HTML、Markdown、文本 · 单个不超过 {mb} MB，一次最多 {n} 个",
    ),
    "adding": ("Adding {i} of {n}", "正在添加 {i} / {n}"),
    "pages_rate": ("{n} pages/s", "{n} 页/秒"),
    "passages_rate": ("{n} passages/s", "{n} 段/秒"),
    "time_left": ("{time} left", "剩余 {time}"),
    "hide": ("Hide", "收起"),
    "earlier": (
        "A file of this name was already here: “{title}”, {date}. Both are kept.",
        "已有同名文件：《{title}》，{date}。两份均已保留。",
    ),
    "earlier_replace": ("Replace the earlier one", "替换旧版本"),
    "earlier_replaced": (
        "The earlier version was removed; your corrections were kept.",
        "旧版本已移除，您的更正已保留。",
    ),
    "add_too_many": (
        "{seen} files were chosen; at most {n} can be added at a time. Add them in parts.",
        "选择了 {seen} 个文件；一次最多添加 {n} 个，请分批添加。",
    ),
    "add_big": ("{name} has {size} MB; at most {mb} MB are taken.", "{name} 有 {size} MB，单个文件最多 {mb} MB。"),
    "add_kind": (
        "{name} is not a kind of file that is read here: expected {kinds}; save or export it as one of them.",
        "不支持文件 {name} 的类型；可用类型为 {kinds}，请另存为其中一种。",
    ),
    "st_waiting": ("waiting", "等待中"),
    "st_reading": ("reading…", "读取中……"),
    "st_added": ("added", "已添加"),
    "st_replaced": ("replaced", "已替换"),
    "st_unchanged": ("already there", "已存在"),
    "st_failed": ("not added", "未添加"),
    "search": ("Search title, broker, company", "搜索标题、券商、公司"),
    "broker": ("Broker", "券商"),
    "company": ("Company", "公司"),
    "language": ("Language", "语言"),
    "any_broker": ("All brokers", "全部券商"),
    "any_company": ("All companies", "全部公司"),
    "any_language": ("All languages", "全部语言"),
    "since": ("From date", "起始日期"),
    "until": ("To date", "截止日期"),
    "filters": ("Filter and sort", "筛选与排序"),
    "sort": ("Sort", "排序"),
    "sort_date": ("Newest first", "日期从新到旧"),
    "sort_oldest": ("Oldest first", "日期从旧到新"),
    "sort_title": ("Title", "标题"),
    "sort_broker": ("Broker", "券商"),
    "reports_n": ("{n} reports", "{n} 份研报"),
    "reports_1": ("1 report", "1 份研报"),
    "reports_shown": ("{k} of {n} reports", "{n} 份中显示 {k} 份"),
    "reports_more": ("{n} more: narrow the search to see them", "另有 {n} 份：请缩小搜索范围"),
    "no_reports": ("No reports yet", "暂无研报"),
    "no_match": ("No report matches", "没有符合条件的研报"),
    "select": ("Ask this report", "向此研报提问"),
    "undated": ("undated", "无日期"),
    "pages_n": ("{n} pages", "{n} 页"),
    "pages_1": ("1 page", "1 页"),
    "lang_en": ("English", "英文"),
    "lang_zh": ("Chinese", "中文"),
    "rating": ("Rating", "评级"),
    "target": ("Target", "目标价"),
    "warning": ("note", "提示"),
    "edit": ("Edit", "编辑"),
    "edit_title": ("Correct what was read", "更正识别信息"),
    "save": ("Save", "保存"),
    "saving": ("Saving…", "正在保存…"),
    "saved": ("Saved.", "已保存。"),
    "title": ("Title", "标题"),
    "date": ("Date (YYYY-MM-DD)", "日期（YYYY-MM-DD）"),
    "companies": ("Companies (comma separated)", "公司（逗号分隔）"),
    "remove": ("Remove", "移除"),
    "remove_sure": (
        "Remove this report from the library? Its file is not touched.",
        "从资料库中移除此研报？原文件不受影响。",
    ),
    "remove_yes": ("Yes, remove", "确认移除"),
    "removed": ("Removed.", "已移除。"),
    "pick_shown": ("Select all", "全选"),
    "field_title": ("Title", "标题"),
    "field_broker": ("Broker", "券商"),
    "field_companies": ("Companies (comma separated)", "公司（逗号分隔）"),
    "field_date": ("Date (YYYY-MM-DD)", "日期（YYYY-MM-DD）"),
    "field_rating": ("Rating", "评级"),
    "field_target_price": ("Target price", "目标价"),
    "field_currency": ("Currency (USD, CNY, …)", "币种（USD、CNY……）"),
    "file": ("File", "文件"),
    "authors": ("Authors", "作者"),
    "pages_head": ("Pages", "页数"),
    "period": ("Period", "报告期"),
    # views
    "views_title": ("Who says what", "各家观点"),
    "views_sub": (
        "Ratings and target prices as the reports give them; each number opens the place it was read from.",
        "评级与目标价均摘自研报；点击编号可查看原文出处。",
    ),
    "views_none": ("No report here gives a rating or a target price.", "这里的研报均未给出评级或目标价。"),
    "views_n": ("{n} views", "{n} 条观点"),
    "views_1": ("1 view", "1 条观点"),
    "views_spread": (
        "current targets of {n} brokers: median {currency} {median}, from {low} to {high}",
        "{n} 家券商当前目标价：中位数 {currency} {median}，区间 {low}–{high}",
    ),
    "views_pick": ("Choose a company to see its targets and ratings over time.", "选择公司以查看目标价与评级走势。"),
    "before": ("Before", "此前"),
    "upgraded": ("up", "上调"),
    "downgraded": ("down", "下调"),
    "superseded": ("A newer report of this broker is in the library", "资料库中有该券商更新的研报"),
    "date_axis": ("Date", "日期"),
    "rating_axis": ("0 sell … 5 strong buy", "0 卖出 … 5 强烈推荐"),
    "chart_targets": ("Target prices over time", "目标价走势"),
    "chart_ratings": ("Ratings over time", "评级走势"),
    "coverage": ("Coverage", "覆盖情况"),
    "coverage_sub": (
        "Reports by company, broker and month; a dot is a month without a report.",
        "按公司、券商与月份统计的研报；圆点表示当月无研报。",
    ),
    "coverage_none": ("No report with a date and a company yet.", "尚无同时具有日期与公司的研报。"),
    "broker_none": ("no broker", "无券商"),
    "gap": ("none", "无"),
    "lack_date": ("{n} without a date", "{n} 份无日期"),
    "lack_company": ("{n} without a company", "{n} 份无公司"),
    "lack_broker": ("{n} without a broker", "{n} 份无券商"),
    # failures
    "lost": (
        "The connection was lost before the answer was complete; your question is in the box again.",
        "回答完成前连接已断开；您的问题已放回提问框。",
    ),
    "failed": ("Something went wrong", "出错了"),
    "try_again": ("Ask again", "重新提问"),
    "internal": (
        "The page hit an unexpected error; the details are in the log of the program.",
        "页面遇到意外错误，详情见程序日志。",
    ),
}


def texts(tongue: Tongue) -> Words:
    """Every word of the interface in one language."""
    column = 1 if tongue == "zh" else 0
    return MappingProxyType({name: pair[column] for name, pair in _WORDS.items()})


def worded(t: Words, message: str) -> str:
    """What the engine says of a problem, in the language of the page."""
    return in_chinese(message) if t["tongue"] == "zh" else message


def plural(t: Words, name: str, count: int) -> str:
    """``passages_n`` or ``passages_1``, filled in."""
    return t[f"{name}_1"] if count == 1 else t[f"{name}_n"].format(n=count)


def preferred(accept_language: str) -> Tongue:
    """The interface language for an ``Accept-Language`` header: the first of English and Chinese by its weight."""
    ranked: list[tuple[float, int, Tongue]] = []
    for place, part in enumerate(accept_language.split(",")):
        name, _, parameters = part.strip().partition(";")
        weight = parameters.strip().removeprefix("q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            quality = 0.0
        if name[:2].lower() in ("en", "zh") and quality > 0:
            ranked.append((-quality, place, "zh" if name[:2].lower() == "zh" else "en"))
    return min(ranked)[2] if ranked else "en"
