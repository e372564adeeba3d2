"""How a Chinese prospectus or filing words what people ask for in everyday words: 老板 is its 实际控制人, 回本 its 投资回收期.

Securities law fixes what is disclosed and mostly how it is called (招股说明书's 内容与格式准则, the Listing Rules of Hong
Kong), so that the formal words are known before any document is. They are looked for beside the asked ones, and count
a little less. Words of talk that say nothing of the matter are taken out first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from rag.language import analysis
from rag.language.analysis import blanked
from rag.language.chinese import simplify
from rag.question.concepts import Asked

_TABLE = """
新三板	全国股转系统 全国中小企业股份转让系统 股转系统
老板|实控人	实际控制人 控股股东
(?:最大|第一大|大)的?股东	控股股东 第一大股东 股东名称 主要股东 持股比例
(?:最大|第一大?|主要|大)的?客户	前五大客户 前五名客户 五大客户 客户名称
(?:最大|第一大?|第二大|主要|大)的?(?:供应商|采购商|供货商)	前五大供应商 前五名供应商 五大供应商 供应商名称
分红|派息|股息	现金股利 现金分红 现金红利 利润分配 股利分配 宣派股息
官司|起诉|被告|告了|打赢|索赔|胜诉	诉讼 仲裁 起诉 法律程序
罚单|被罚|处罚|罚款|违规	行政处罚 罚款 责令改正
回本|收回投资|回收期	投资回收期
回报率|收益率测算	内部收益率
工期|多久(?:建成|建完)|什么时候建成	建设期 实施进度
年薪|薪水|工资|领多少|拿多少	薪酬 税前
学历|本科|硕士|博士	学历结构 受教育程度 学历
(?<![a-z])cto(?![a-z])	首席技术官 技术负责人
(?<![a-z])cfo(?![a-z])|财务(?:总监|负责人)	首席财务官 财务总监 财务负责人
(?<![a-z])ceo(?![a-z])|总经理	首席执行官 行政总裁 总经理
(?<![a-z])coo(?![a-z])	首席运营官 首席营运官
董秘	董事会秘书
(?:研发|技术)(?:负责人|带头人|总监|一把手)	核心技术人员 研发总监 首席技术官
高管	高级管理人员
履历|背景|来头|经历	曾任 历任 毕业
定增|增发	定向发行 非公开发行 向特定对象发行
外销|出口|海外|国外	境外
内销|国内销售	境内
卖了?多少|卖出?了?多少|销了多少	销售收入 主营业务收入 销售金额
收窄|下滑|走低|变差|回落|缩水|变少|转负|为负|骤降	下降 减少 下滑 降低
扩大|走高|上涨|大增|暴[涨增]|翻倍|变多|猛增|大涨	增长 上升 增加 提高
(?:减值|跌价|坏账).{0,3}计提|计提.{0,6}(?:减值|跌价|坏账|拨备)	信用减值损失 资产减值损失 跌价准备 坏账准备
单价|多少钱一[\\u4e00-\\u9fff]|一[\\u4e00-\\u9fff]卖?多少钱?|均价|售价|卖价	平均销售价格 平均单价 销售单价 采购价格
采购价|进价|采购均价	采购价格 采购单价 平均采购价格
季节性|淡旺季|旺季	分季度 季度分布 第四季度
回款|收回来|收回	期后回款 回款比例
库存	存货
(?:会员|用户)(?:数|规模)	注册会员 注册用户 付费客户
关店|关了|闭店|关闭.{0,4}店	关闭 闭店
开店|新开|拓店	新开 新增门店
加盟.{0,8}(?:多少钱|费用|要交|门槛)	加盟费 保证金 管理费
(?:食品安全|产品质量|质量)(?:问题|事故)	召回 抽检 不符合标准 不合格 质量纠纷
环评	环评批复 环境影响评价
备案	备案文件 备案代码 备案证
社保|公积金|五险一金	缴纳社会保险 社会保险 住房公积金
产能.{0,4}够|满产|开工	产能利用率
(?:生意|业务|资金)往来|关联(?:方|交易|采购|销售)	关联交易 关联方
同行|可比公司|竞品	同行业可比公司 可比公司
市占率|份额|行业地位|排第几|排名	市场占有率 市场份额 排名
募投|募资|募来|募集	募集资金 拟投入募集资金 所得款项用途
坏账	坏账准备 核销
续费|续约|留存	留存率 续约率 续费率
赚钱吗|赚不赚|盈利还是亏损|是赚是亏|亏不亏	净利润
不良率|坏账率	不良贷款率
净息差|(?<![a-z])nim(?![a-z])	净利息收益率
存款成本	存款平均成本率 存款付息率
拨备	拨备覆盖率 贷款损失准备
商誉	形成商誉 商誉减值
租房|租的|租赁房	租赁房产 权属证书
审计师|审计机构|会计师	会计师事务所 审计机构 申报会计师
券商|保荐	保荐人 保荐机构 主承销商
律所|律师	律师事务所 发行人律师
锁定期|解禁|限售	锁定 不转让 禁售
对赌	特殊权利 回购条款 股份回购
股权激励|员工持股	员工持股平台 股份支付
套现|退出时|转让老股	股权转让
估值	投后估值 投前估值
入股价|每股多少钱	元/股 增资价格 每股成本
同业竞争|类似业务|竞争业务	同业竞争
产线|生产线	生产线
员工|人手	员工人数 在册员工 雇员
研发人员|技术人员	研发人员 专业结构
专利	发明专利 实用新型
大单|长期合同|大合同	重大合同 框架协议 框架合同
借款|贷款合同	借款合同 借款金额
担保	提供担保 关联担保
账龄|超过.{1,2}年|两年以上	账龄 2年以上
一年以内	1年以内
涨价	价格上涨 采购价格
发行多少股|发多少股	发行股数 发行股份
发行费|承销费	发行费用 承销及保荐费用
注册资本	注册资本
成立时间|什么时候成立|哪年成立	成立日期 设立
整体变更|股改	整体变更 折合股本
现金流.{0,8}(?:差|负|低)	经营活动产生的现金流量净额
审计截止日|期后|最新业绩	审阅
高新技术|税率|税收优惠	所得税税率 税收优惠
补助|补贴	政府补助
欠缴|没交|未缴	未缴纳 足额缴纳
"""
_ROWS = tuple(
    (re.compile(left, re.IGNORECASE), tuple(right.split()))
    for left, right in (line.split("\t") for line in _TABLE.strip().splitlines())
)
_WORDS = ("word", "term", "metric")
ADDED = 0.3  # weight of what a question asks in words that are no piece of it
_SPLIT = re.compile(
    r"(分|罚|挂|融|减|增|定|借|裁|停|涨|降|提|延|违|欠|举|破|立|派|募)过(?=[红款牌资持发增壳员产价期约债案息])"
)
_EITHER = re.compile(r"([^\W高大多强够贵好快严对是能会可有])[不没]\1")  # 赚不赚钱, 涨没涨
_TALK = re.compile(
    r"[这那]一?块(?=[的业毛收利]|$)|[这近那]几年|近年来?|这些年|历年来?|一直|一共|总共|总计|[手旗][里上中]|(?<!有)到底|当时|当年(?!度)|[那这][轮次年](?!的?度)|的时候|现在|眼下|如今"
    r"|(?:算|还)?[高大多强够贵好快严]重?不(?:高|大|多|强|够|贵|好|快|严重|够[高大满])|严重[吗么]|[高大强多][吗么]$|够不够|还有没有|有没有|有无|是否"
    r"|[了过]?(?:没有?|吗|呢|吧|啊)$|(?:出|发生|有|吃|受)过|没(?=[交缴有被])|(?<=多少)人(?=[没未不])"
    r"|还剩下?|还有(?=多少|几)|最近(?=一?[期次]|$|是|多少|的)|一(?:吨|套|台|件|家|平方?米|公斤|斤|瓦|度)(?=$|[?？]|要|卖|多少)|多少钱|哪[一]?[步年]"
    r"|叫什么(?:名字)?|(?:指的?)?是(?:什么|哪)(?:意思|公司|东西)?|什么意思|招股(?:说明书|意向书|章程|书)[里中]?(?:说的|提到的|所称的?)?"
    r"|啥(?:时候|时间)|几(?:[毛块角]|分|个)钱|几(?:[毛块角]|时)|多长时间"
    r"|为啥|咋|什么原因|靠的是|干什么用|用来干什么|怎么[花用变]的?|各是?多少|[这那][家个种]|几(?:年|个点)|[拿赚亏][了到]?(?=多少)|打算|准备(?=[发募建投拿])|要(?=[花投交]?多少)"
)


def without_talk(question: str) -> str:
    """A Chinese question without words of talk, in blanks; of a verb and its object 过 goes: 分过红 is 分红, 赚不赚钱 is 赚钱."""
    joined = _EITHER.sub(r"\1", _SPLIT.sub(r"\1", question))
    return blanked(joined, (match.span() for match in _TALK.finditer(simplify(joined))))


@lru_cache(maxsize=2_000)
def disclosed(text: str) -> tuple[str, ...]:
    """The formal words for what a question or a piece of one names, in the order of the table."""
    plain = simplify(text)
    return tuple(
        dict.fromkeys(form for asks, forms in _ROWS if asks.search(plain) for form in forms if form not in plain)
    )


def formally(pieces: Iterable[Asked], question: str, *, joined: bool = True) -> tuple[Asked, ...]:
    """The pieces of a question with the formal words for them as their kin.

    ``joined``: what is asked in several pieces becomes one, and what is no piece of the question a light one.
    """
    held = list(pieces)
    for match, forms in _rows_in(question):
        kin = tuple(tuple(analysis.terms(form)) for form in forms)
        whole = match.lower()
        at = [i for i, piece in enumerate(held) if piece.kind in _WORDS and whole in simplify(piece.surface).lower()]
        if not at:
            inside = [
                i for i, piece in enumerate(held) if piece.kind in _WORDS and simplify(piece.surface).lower() in whole
            ]
            at = inside[:1] if joined else inside
            if joined and inside:
                most = max(held[i].weight for i in inside)
                held[at[0]] = Asked(match, "word", (tuple(analysis.terms(match)),), most, kin=held[at[0]].kin)
                held = [piece for i, piece in enumerate(held) if i not in inside[1:]]
            elif joined:
                held.append(Asked(match, "word", (tuple(analysis.terms(match)),), ADDED, kin=kin))
        for i in at:
            held[i] = replace(held[i], kin=tuple(dict.fromkeys((*held[i].kin, *kin))))
    return tuple(held)


@lru_cache(maxsize=2_000)
def _rows_in(question: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    plain = simplify(question)
    return tuple((match[0], forms) for asks, forms in _ROWS if (match := asks.search(plain)))
