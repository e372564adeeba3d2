"""What kind of sentence or row a Chinese question looks for: a reason, a share, an amount of money, a count, a person, a fact.

A prospectus says a metric's name on a hundred pages, and its value, its cause or its date on two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.question.shape import asks_why

_WHY = re.compile(
    r"为啥|咋|怎么(?:会|就|变|[涨跌降升减增])|靠(?:的是)?(?:什么|啥)|驱动(?:因素|力)?|推动因素|缘由|什么(?:导致|拉动|驱动)"
)
_PERSON = re.compile(
    r"履历|简历|学历|经历|出身|毕业于?|什么(?:来头|背景|人)|背景(?:如何|怎么样|怎样|是什么)?$|从哪.{0,2}来|(?:以前|之前|此前|过去|原来|曾经?)(?:是|在|当|做|任|干)"
)
_WHO = re.compile(r"是谁|叫什么|哪位|何人")
_OFFICE = re.compile(
    r"董事|监事|经理|总监|总裁|秘书|董秘|负责人|技术官|执行官|财务官|风险官|行长|技术人员|创始人|C[EFTO]O",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"占比|比例|比重|份额|占(?:了|到|据)?.{0,8}(?:多少|几成)|几个(?:百分)?点|几成|百分之几|[^效汇税]率(?=[是为有]?多少|$|[各近这20一二三四上下前年]|怎|如何|变|高|够|走|多)|增速|增幅|同比.{0,4}多少|持股(?:多少|比例)"
)
_MONEY = re.compile(
    r"多少钱|几[个]?亿|几千?万|金额|卖了多少|花了?多少|投了?多少|买了?多少|赚(?:了)?多少|亏(?:了)?多少|罚了?多少|赔(?:偿|了)?多少|募(?:集|了)?.{0,3}多少|欠.{0,4}多少"
    r"|(?:收入|营收|利润|净利|费用|成本|余额|薪酬|年薪|薪水|工资|估值|投资额|总投资|对价|采购额|销售额|资产|负债|现金|存款|贷款|价格?|单价|均价|佣金|股利|分红|支出|投入|损失|计提)(?:了|有|是|为|要|达)*(?:多少|多大|$)"
)
_COUNT = re.compile(
    r"多少|几(?:家|个|项|台|人|名|座|倍|年|次|条|处|款|位|股)|多[大高长久]|占比|比例|[率额]$|数(?:量|目)?(?=$|最新|多少|是)|规模|排名|排第|第几"
)
_EVENT = re.compile(
    r"(?:有没有|有无|是否|出过|发生过|受过|吃过|被.{0,8}过).{0,20}|过.{0,10}吗$|[过了](?:没有?|吗)$|(?:吗|没有?)$"
)

REASON = re.compile(r"主要(?:系|是|由于|因|受|得益|来自|源于)|由于|因为|原因|所致|导致|得益于|受益于|系因")
_CV = re.compile(
    r"年(?:\d{1,2}月)?(?:出)?生|\d{2}岁|学历|学士|硕士|博士|本科|毕业|曾任|历任|任职于|现任|(?:先生|女士)[，,]"
)
_PERCENT = re.compile(r"\d\s*(?:%|％|个百分点)|百分之")
_SUM = re.compile(
    r"\d[\d,.]*\s*(?:百万|千万|[千万亿])*(?:美|港|欧|日)?元|\d{1,3}(?:,\d{3})+|(?<![\d.])\d+\.\d{2}(?![\d%％.])"
)
_FIGURE = re.compile(r"(?<![\d第年.\-])\d[\d,.]*(?![\d,.]*\s*[年月日号\-])")
_HELD = re.compile(r"(?:19|20)\d\d\s*年|\d")
_IF = re.compile(r"^\s*(?:若|如果|如(?!下)|倘|假如|一旦|假设)|(?:可能|或将|或会|未必|不排除)(?!性)|存在.{0,30}风险")


@dataclass(frozen=True, slots=True)
class Sought:
    """``says``: what the sentence or row must hold; ``sure``: what is only said to be possible does not answer."""

    name: str
    says: re.Pattern[str]
    sure: bool = True

    def met(self, sentence: str) -> bool:
        """Whether a sentence or row is of the kind that is looked for."""
        return bool(self.says.search(sentence)) and not (self.sure and _IF.search(sentence))


def sought(question: str) -> Sought | None:
    """What a Chinese question looks for; None where its words do not tell."""
    asked = question.strip(" ?？。！!")
    if asks_why(asked) or _WHY.search(asked):
        return Sought("reason", REASON)
    if _PERSON.search(asked) or (_WHO.search(asked) and _OFFICE.search(asked)):
        return Sought("person", _CV)
    if _SHARE.search(asked):
        return Sought("share", _PERCENT, sure=False)
    if _MONEY.search(asked):
        return Sought("money", _SUM, sure=False)
    if _COUNT.search(asked):
        return Sought("count", _FIGURE, sure=False)
    if _EVENT.search(asked):
        return Sought("event", _HELD)
    return None
