"""Headings that digests are known to use: a list to review and extend.

They help only where nothing separates a heading from what follows (``Report Summary Investment Rating No rating …``);
a heading need not be listed here to be found. Patterns are case-sensitive: ``core insights`` in a sentence is none.
"""

from __future__ import annotations

import re

# What stands under these is summed up part by part: the headings that follow are nested.
CONTAINERS = (
    r"Summary (?:[Bb]y|[Oo]f|[Aa]ccording [Tt]o|[Bb]ased [Oo]n) (?:[Tt]he |[Ee]ach )?(?:Relevant |Related )?"
    r"(?:Sections?|Directory|Directories|Chapters?|Catalog(?:ue)?s?|(?:Table of )?Contents?|Topics?|Categor(?:y|ies)|Parts?)",
    r"(?:Section|Chapter|Sectional)(?:-by-Section)? Summar(?:y|ies)",
    r"(?:根据|按照?|依据?)?(?:报告)?(?:相关)?(?:目录|章节)(?:内容)?(?:分别)?(?:进行)?(?:总结|归纳|概括|摘要)",
    r"(?:分|各)(?:章节|目录|板块|部分|章)(?:内容)?(?:总结|归纳|概括|摘要)",
)
# These open a digest, or a new part on the outermost level.
OPENERS = (
    r"Report Summary",
    r"报告(?:总结|摘要)",
    r"(?:The )?(?:Report(?:['’]s)? )?(?:Industry |Company |Stock )?Investment Ratings?"
    r"(?: of the (?:Report|Industry|Company)| and Target Price)?",
    r"(?:The )?(?:Report(?:['’]s)? )?(?:Core|Key|Main) "
    r"(?:Insights?|View(?:point)?s?|Opinions?|Ideas?|Takeaways?|Points?|Conclusions?|Findings?)"
    r"(?: of the (?:Report|Industry|Company))?",
    r"(?:报告|研报)?(?:行业|公司|本报告)?(?:的)?投资评级",
    r"(?:报告|研报|本报告)?(?:的)?(?:核心|主要)(?:观点|要点|内容|结论)",
)
OTHERS = (
    r"(?:Executive|Investment|Financial|Financial Performance|Market|Company|Industry) Summary",
    r"Investment (?:Recommendations?|Advice|Suggestions?|Thesis|Highlights|Strategy|Risks?|Logic)",
    r"(?:Financial|Earnings|Profit|Sales) (?:Performance|Forecasts?|Projections?|Highlights|Analysis|Data|Results)",
    r"Risk (?:Factors?|Warnings?|Tips?|Reminders?|Alerts?|Analysis)",
    r"(?:Market|Industry|Business|Company|Future|Policy) "
    r"(?:Overview|Outlook|Performance|Trends?|Dynamics|Segments?|Developments?|Conditions|Review|News)",
    r"Valuation(?: and (?:Rating|Recommendation)s?)?",
    r"投资(?:建议|要点|逻辑|亮点|策略|摘要)",
    r"风险(?:提示|因素|分析)",
    r"(?:盈利预测|业绩预测)(?:[、与和及]?(?:估值|投资评级|评级|投资建议))*",
    r"(?:估值|财务|业绩|市场|行业|公司|经营)(?:分析|表现|概况|概览|情况|回顾|展望|预测|摘要|数据)",
)


def pattern(*groups: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for the phrases of these groups; a phrase does not end inside an English word."""
    return re.compile(rf"(?:{'|'.join(f'(?:{phrase})' for group in groups for phrase in group)})(?![A-Za-z])")
