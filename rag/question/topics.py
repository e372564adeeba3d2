"""What every annual report says somewhere: the things that securities law asks a company to disclose.

An analyst asks for them in everyday words (`lawsuits`, `staff`, `does it pay a dividend`), a filing states them in its own
(`legal proceedings`, `employees`, `has never declared or paid`). Each topic has the questions that ask for it, and the
sentences that answer it, the surest first. The topics are those of Regulation S-K (17 CFR 229) and of Form 10-K.
"""

from __future__ import annotations

from functools import lru_cache

from rag.question.topic import NAME, Topic, made, officer

_PEOPLE = r"(?:employees|people|individuals|persons|colleagues|associates|team members|staff)"
_FIRM = r"(?-i:[A-Z][\w.]+(?:,? (?:& |and )?[A-Z][\w.]+){0,4},? (?:LLP|P\.?C\.?|LLC|L\.L\.P\.?))|(?-i:KPMG|Deloitte|PricewaterhouseCoopers|Ernst & Young|EY|PwC|BDO|Grant Thornton|Mazars|RSM)|会计师事务所"
_COURT = r"(?:lawsuits?|(?:legal|putative) actions?|class actions?|complaints?|litigations?|legal proceedings|arbitrations?|investigations?)"
_UNITS = r"(?:stores?|shops?|outlets?|branches|restaurants?|clubs?|locations|hotels?|warehouses?|supermarkets?|pharmacies|clinics|dealerships?|(?:fulfillment|distribution|data|service) cent(?:er|re)s|plants|factories|mines|hospitals)"
_AGENCY = r"(?:Moody|Standard & Poor|S&P|Fitch|A\.M\. Best|DBRS)"
_ENDED = r"(?:balance[- ]sheet date|reporting date|(?:fiscal |financial )?year[- ]?end(?:ed)?|(?:close|end) of (?:the |its |fiscal |financial |this )*(?:year|quarter|period)|(?:fiscal |financial )?(?:year|quarter|period) (?:had )?(?:ended|closed|was over|end))"


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """All topics; the first that a question asks for is taken."""
    return (
        made(
            "purposes",
            r"\b(?:purpose|aims?|aimed|goals?|objectives?|rationale|trying to (?:achieve|do)|intend(?:s|ed)? to achieve|hop(?:e|es|ed) to (?:achieve|gain|reach)|set out to)\b(?=.*\b(?:acqui\w+|buy|bought|purchas\w+|restructur\w+|reorgani\w+|realign\w+|plan|program\w*|merger|spin-?off|invest\w+)\b)",
            r"\b(?:acqui\w+|purchas\w+|restructur\w+|reorgani\w+|realign\w+|plan|program|merger|spin-?off|invest\w+)\b.{0,160}?\b(?:aimed at|in order to|designed to|intended to|(?:primary |main )?(?:purpose|reason|goal|objective)\b.{0,120}\b(?:was|is|were) to|to enable|so that)\b"
            r" @ \b(?:purpose|reason|goal|objective|aim) (?:of|for) (?:the|this|these|our) .{0,80}\b(?:acqui\w+|purchas\w+|restructur\w+|reorgani\w+|realign\w+|plan|program|merger|spin-?off|invest\w+)\b",
            r"acquisition|restructur|overview|business|strateg",
            "purpose purposes aim aims aimed goal goals objective objectives rationale trying try achieve achieved do intend intends intended hope hopes hoped gain reach set out acquire acquired acquiring acquisition acquisitions buy buys buying "
            "bought purchase purchased purchases company companies business businesses restructure restructured restructuring reorganization reorganisation realignment plan plans program programs merger carried carry implemented launched pursue follow",
            most=1,
            dated=True,
        ),
        made(
            "properties",
            r"\b(?:which|what) (?:\S+ )?(?:buildings?|properties|facilities|real estate|premises|sites)\b.{0,60}\b(?:own|owns|owned|rent\w*|leas\w*|use[sd]?|have|has)\b",
            r"\b(?:own|owned|owns)\b.{0,120}\b(?:facilit|building|warehouse|plant|propert|office|manufactur|square f)\w*|\b(?:facilit|building|warehouse|plant|propert|office)\w*.{0,80}\b(?:own|owned|owns)\b",
            r"^item 2\b|\bproperties\b",
            "building buildings property properties facility facilities real estate premises site sites own owns owned actually opposed rent rented rents lease leased leases use used uses have has principal main",
            under=True,
        ),
        made(
            "where made",
            r"\b(?:where|in (?:which|what) (?:town|city|cities|country|countries|place|places|state|states|plants?|facilit\w+))\b.{0,80}\b(?:made|built|manufactured|produced|assembled|manufactur\w*|produc\w+|make|build)\b",
            r"\b(?:manufactur\w+|produc\w+|assembl\w+)\b.{0,100}\b(?:in|at)\b.{0,60}(?-i:\b[A-Z][a-z]+, [A-Z][a-z]+)",
            r"manufactur|propert|business|operations|risk",
            "where which what town city cities country countries place places state states plant plants facility facilities made built build manufacture manufactured manufactures manufacturing produce produced produces production assembled make makes most its",
            most=1,
        ),
        made(
            "inventory valuation",
            r"\bhow (?:does|do|did|are|is|were|was)\b.{0,60}\b(?:valu\w+|account\w* for|measur\w+|state[ds]?|carr(?:y|ied)|cost\w*)\b.{0,30}\binventor(?:y|ies)\b|\bhow (?:are|is|were|was)\b.{0,40}\binventor(?:y|ies) (?:valued|accounted for|measured|stated|carried)\b",
            r"\binventor(?:y|ies)\b.{0,120}\b(?:stated|valued|carried|recorded|accounted for|measured|determined)\b.{0,120}\b(?:lower of|cost|first-in|last-in|fifo|lifo|net realizable)\b",
            r"inventor|accounting policies",
            "how value values valued account accounts accounted for measure measures measured state states stated carry carried cost costs inventory inventories",
            most=1,
        ),
        made(
            "useful lives",
            r"\b(?:useful|service|depreciable) li(?:fe|ves)\b|\bover (?:how many|what) (?:years|period)\b.{0,40}\bdepreciat\w+|\bdepreciat\w+ over\b",
            r"\b(?:useful|service|depreciable) li(?:fe|ves)\b.{0,200}\b(?:\d+|two|three|four|five|seven|ten|twenty|thirty|forty)\b.{0,40}\byears\b|\bdepreciat\w+\b.{0,160}\b\d+ (?:to|-|–) \d+ years\b"
            r" @ \b(?:useful|service|depreciable) li(?:fe|ves)\b",
            r"property|equipment|depreciation|accounting policies",
            "useful service depreciable life lives over how many what years period depreciate depreciated depreciates depreciation property plant equipment assets estimated its range",
            most=1,
            whole=True,
        ),
        made(
            "fiscal year",
            r"\bwhen (?:does|do|did) .{0,40}\b(?:fiscal|financial) year (?:end|close|begin|start|run)\b|\bwhat is .{0,40}\b(?:fiscal|financial) year[- ]?end\b",
            r"\b(?:fiscal|financial) year\b.{0,80}\b(?:ends?|ended|ending|closes?)\b.{0,60}\b(?:january|february|march|april|may|june|july|august|september|october|november|december|saturday|sunday|friday)\b",
            r"fiscal|basis of presentation|accounting policies|summary",
            "when what fiscal financial year end ends close closes begin begins start starts run runs on its",
            most=1,
        ),
        made(
            "raw materials",
            r"\braw materials?\b.{0,60}\b(?:use[sd]?|depend\w*|rel(?:y|ies)|buy|buys|need\w*|main|primary|key)\b|\b(?:main|primary|key|which|what) (?:\S+ )?raw materials?\b",
            r"\braw materials?\b.{0,120}\b(?:includ\w+|such as|consist\w*|are|primarily)\b @ \braw materials?\b",
            r"raw material|supplier|manufactur|business|suppl",
            "raw material materials use uses used depend depends rely relies buy buys need needs main primary key which what does it on",
        ),
        made(
            "committee members",
            r"\b(?:who|which directors|whom)\b.{0,60}\b(?:audit|compensation|nominating|governance|risk|finance|remuneration)\b.{0,30}\bcommittee\b|\bmembers of the .{0,40}\bcommittee\b",
            rf"\bcommittee\b.{{0,60}}\b(?:consists? of|comprised of|composed of|members? (?:are|is|of .{{0,40}}are)|currently (?:includes?|consists?))\b.{{0,40}}{NAME} @ {NAME}.{{0,80}}\b(?:chair\w*|members?) of the .{{0,30}}\bcommittee\b",
            r"committee|governance|directors",
            "who which directors whom sits sit serve serves served member members committee board",
            most=2,
        ),
        made(
            "pro forma",
            r"\bpro[- ]?forma\b|\b(?:had|if)\b.{0,60}\b(?:belonged|been (?:acquired|owned|part|completed)|occurred|taken place|bought)\b.{0,80}\b(?:beginning|start|january|whole year|full year|outset)\b",
            r"\bpro[- ]?forma\b",
            r"pro[- ]?forma|acquisition",
            "pro forma proforma had if belonged been acquired owned part completed occurred taken place bought beginning start january whole full year outset period would have sales revenue revenues net income loss it",
            most=1,
            whole=True,
        ),
        made(
            "unions",
            r"\bunion(?:s|i[sz]ed)?\b|\bcollective(?:ly)? bargain|\blabou?r agreements?\b|工会",
            r"\bunion members\b|\b(?:collective bargaining|(?:labou?r )?unions?\b).{0,80}\bemployees|\bemployees\b.{0,160}\b(?:collective bargaining|(?:labou?r )?unions?\b)",
            r"employee|human capital|workforce|labou?r",
            "employee employees union unions unionised unionized collective bargaining agreement covered represented labor labour workforce staff workers people belong belongs member members",
        ),
        made(
            "employees",
            rf"\bhow many (?:\S+ ){{0,2}}{_PEOPLE[:-1]}|workers)\b.*\b(?:have|has|had|employ\w*|work\w*|on the payroll|there)\b"
            r"|\bhow many (?:\S+ )?(?:employees|staff)\b|\bhow (?:big|large) (?:is|was) .{0,30}\b(?:workforce|staff)\b|\bheadcount\b|\bnumber of (?:\S+ )?employees\b|员工(?:总)?(?:人数|数量)|多少(?:名)?员工",
            rf"\b(?:had|have|has|employed|employ|employs)\b(?: \S+){{0,6}}? \d[\d,]*(?: \S+){{0,5}}? {_PEOPLE}\b"
            rf" @ \b(?:workforce|headcount)\b.{{0,60}}\b\d[\d,]+ @ \b\d[\d,]+(?: \S+){{0,4}}? {_PEOPLE}\b",
            r"employee|human capital|workforce|colleagues|people|associates",
            "employee employees people persons staff workers colleagues associates employ employed employs work works working full-time part-time workforce headcount number size total had approximately abroad overseas outside international foreign worldwide them",
            most=1,
            dated=True,
            counted=True,
        ),
        made(
            "job cuts",
            r"\b(?:jobs|positions|roles|employees|people|staff)\b.{0,60}\b(?:cut|cuts|cutting|eliminat\w*|shed|shedding|laid off|lay off|laying off|let go)\b|\b(?:cut|cuts|cutting|eliminat\w*|shed|lay off|laid off)\b.{0,30}\b(?:jobs|positions|roles|employees|people|staff)\b|\blay-?offs?\b|\bjob (?:cuts|losses)\b|\b(?:workforce|headcount|staff) (?:reductions?|cuts)\b|裁员",
            r"\b(?:reduc\w+|eliminat\w+|cut|cutting|lay(?:ing)?[- ]?offs?|laid off|terminat\w+|involuntar\w+)\b.{0,100}\b(?:workforce|employees|positions|jobs|headcount|roles|people)\b.{0,80}\d|\b\d[\d,]*(?:\.\d+)? ?%? (?:\S+ ){0,4}(?:workforce|employees|positions|jobs|headcount|roles)\b.{0,80}\b(?:reduc\w+|eliminat\w+|laid off|terminat\w+|affected|impacted)\b"
            r" @ \b(?:reduc\w+|eliminat\w+|lay(?:ing)?[- ]?offs?)\b.{0,80}\b(?:workforce|employees|positions|jobs|headcount|roles)\b|\bseverance\b.{0,80}\b(?:employees|charges?|costs?)\b",
            r"restructur|severance|workforce|employee|business realignment|cost",
            "job jobs cut cuts cutting position positions role roles employee employees people staff workforce headcount reduce reduced reduction reductions eliminate eliminated eliminating lay laid off layoff layoffs let go loss losses shed severance restructuring many number announce announced plan planned are is",
            dated=True,
        ),
        made(
            "units",
            rf"\bhow many (?:\S+ ){{0,3}}{_UNITS}\b|\bnumber of (?:\S+ ){{0,2}}{_UNITS}\b",
            rf"\b(?:operat\w+|ha[sd]|have|own\w*|total of|comprise\w*|consist\w* of)\b.{{0,80}}?(?<![\d$.,])\d[\d,]* (?:[^\d\s]+ ){{0,5}}?{_UNITS}\b @ (?<![\d$.,])\d[\d,]* (?:[^\d\s]+ ){{0,5}}?{_UNITS}\b",
            r"business|overview|general|propert|operations|segment",
            "operate operates operated operating run runs have has had own owns owned there worldwide globally total number approximately over more than around across world currently",
            most=1,
            dated=True,
            counted=True,
        ),
        made(
            "registered",
            r"\b(?:securities|notes|bonds|debt|stock|shares)\b.*\b(?:registered|listed|traded?|trading)\b.*\bexchange|\bexchange\b.*\b(?:securities|notes|stock|shares)\b.*\b(?:listed|traded?|registered)",
            r"(?<!if )\bsecurities registered pursuant to section 12\(b\)",
            r"form 10-|section 12|securities registered",
            "security securities registered pursuant section 12 debt notes bonds stock shares common preferred title class listed trade traded trading national exchange exchanges under name symbol",
            most=1,
            whole=True,
        ),
        made(
            "dividends",
            r"^\W*(?:is|are|was|were|has|have|had|does|do|did)\b.*(?:\b(?:pay|pays|paid|paying|declare[ds]?|distribut\w*)\b.*\bdividends?\b|\bdividends?\b.*\b(?:paid|pay|payer|declared|distributed)\b)|\bdividend policy\b",
            r"\bnever (?:\S+ ){0,4}(?:paid|pay|declared)\b.{0,60}\bdividends? @ \bquarterly (?:cash )?dividends?\b.{0,80}\bper (?:common )?share"
            r" @ \bdividends?\b.{0,120}(?:\d (?:million|billion)|\bper (?:common )?share) @ \b(?:paid|pays?|declared)\b.{0,60}\bdividends?\b|\bdividends?\b.{0,60}\b(?:paid|declared)\b",
            r"dividend|market for (?:the )?registrant|capital return|returns? to shareholders",
            "dividend dividends paid pay pays paying declare declared distribute distributed distribution cash common preferred stock share shares shareholders stockholders holders quarter quarterly annual policy per",
            dated=True,
        ),
        made(
            "legal proceedings",
            r"\blegal (?:\S+ )?(?:battles?|proceedings?|disputes?|matters?|actions?|cases?|claims?|troubles?|fights?|issues?)\b|\blaw ?suits?\b|\blitigations?\b|\bclass actions?\b|\b(?:been|being|is|was) sued\b|\bin court\b|诉讼|法律纠纷",
            rf"\b{_COURT}\b.{{0,200}}\b(?:filed|brought|named|alleg\w+|commenced)\b|\b(?:filed|brought|commenced)\b.{{0,60}}\b{_COURT}\b @ \b{_COURT}\b.{{0,200}}\b(?:pending|against)\b @ \b(?:defendants?|plaintiffs?|named as|alleging)\b @ \b{_COURT}\b",
            r"legal (?:proceedings|matters)|litigation|contingenc|诉讼",
            "legal battle battles proceeding proceedings dispute disputes matter matters action actions case cases claim claims trouble fights lawsuit lawsuits litigation class court sued filed pending against alleging complaint complaints defend face facing faced party involved issues",
            most=3,
        ),
        made(
            "cyclical",
            r"\bcyclical(?:ity)?\b|\beconomic cycles?\b|周期性",
            r"\bcyclical(?:ity)?\b|周期性 @ \bdowncycles?\b|\beconomic cycles?\b",
            r"risk|business|industry|overview",
            "cyclical cyclicality cycle cycles business industry market markets subject exposed economic demand",
        ),
        made(
            "seasonal",
            r"\bseasonal(?:ity|ly)?\b|季节性",
            r"\b(?:business|sales|revenues?|results|demand|operations?|products?)\b.{0,100}\bseasonal|\bseasonal.{0,100}\b(?:business|sales|revenues?|results|demand|operations?)\b @ \bseasonal|季节性",
            r"seasonal|risk|business",
            "seasonal seasonality seasonally business industry market subject exposed sales revenue revenues demand results",
        ),
        made(
            "going concern",
            r"\bgoing concern\b|持续经营",
            r"\bsubstantial doubt\b|\bdoubt about (?:our|its|the) .{0,30}ability to continue @ \bgoing concern\b|持续经营",
            r"going concern|liquidity|risk",
            "going concern substantial doubt carry continue ability raise raised there question about",
        ),
        made(
            "retention",
            r"\b(?:retain(?:ed|s|ing)?|keep|kept|keeping|hold on to|held on to)\b.{0,40}\b(?:customers?|members?|clients?|subscribers?|users|merchants|sellers)\b|\b(?:customers?|members?|clients?|subscribers?|users?) (?:\S+ )?(?:retention|retained|loyalty|churn|attrition)\b|客户(?:留存|流失)",
            r"\b(?:customers?|members?|clients?|subscribers?|users?|merchants?|sellers?)\b(?: \S+){0,4} (?:retention|loyalty)\b(?: \S+){0,3} (?:remain\w*|was|were|is|are|continu\w*|stay\w*|improv\w*|increas\w*|at)\b"
            r" @ \bretention (?:rates?|levels?)\b|\bretained\b.{0,60}\b(?:customers?|members?|clients?|subscribers?|users?)\b @ \b(?:customers?|members?|clients?|subscribers?|users?)\b.{0,60}\b(?:retention|attrition|churn)\b",
            r"overview|results|discussion|business",
            "retain retained retains retaining retention keep kept keeping hold held loyalty churn attrition rate rates customer customers member members card client clients subscriber subscribers user users merchants sellers able levels",
            dated=True,
        ),
        made(
            "customers",
            r"\b(?:primary|main|major|largest|biggest|key|principal|important|significant|top)\b.{0,20}\bcustomers?\b|\bwho (?:are|were|is) .{0,40}\bcustomers?\b"
            r"|\b(?:depend\w*|rely|relies|reliant|concentrat\w+)\b.{0,50}\bcustomers?\b|\bcustomer concentration\b|\bcustomers?\b.{0,30}\b(?:matter\w*|important|largest|biggest|concentrated)\b|主要客户|前五大客户",
            r"\b(?:one|two|three|four|five|ten|\d+|largest|top|single|limited number of)\b(?: \S+){0,3} customers?\b.{0,160}\b(?:account(?:ed|s|ing)? for|represent\w*|compris\w+)\b.{0,60}\d(?: ?%| per ?cent)|\bgovernment\b.{0,120}\d(?: ?%| per ?cent) of (?:\S+ ){0,5}(?:revenues?|sales)\b|\d(?: ?%| per ?cent) of (?:\S+ ){0,5}(?:revenues?|sales)\b.{0,60}\bgovernment\b"
            r" @ \bcustomers?\b.{0,160}\b(?:account(?:ed|s|ing)? for|represent\w*|compris\w+|constitut\w+)\b.{0,60}\d(?: ?%| per ?cent)|\d(?: ?%| per ?cent) of (?:\S+ ){0,5}(?:revenues?|sales)\b.{0,120}\b(?:customers?|government)\b"
            r"|\b(?:derive\w*|earn\w*|obtain\w*)\b.{0,60}\d(?: ?%| per ?cent) of (?:\S+ ){0,4}(?:revenues?|sales) from\b"
            r" @ \b(?:depend\w*|rel(?:y|ies|iance)|derive\w*|limited number)\b.{0,120}\bcustomers?\b @ \b(?:principal|primary|major|largest) customers?\b",
            r"customer|business|risk|concentration|segment",
            "customer customers any single large one dependent dependence primary main major largest biggest key principal important significant top who depend depends rely relies reliant concentration concentrated accounted account accounts percent revenue revenues sales net few small limited number government derive derived earned matter matters most two three base how",
            dated=True,
        ),
        made(
            "acquisitions",
            r"^\W*(?:what|which|who|how much|how many|did|has|have|is|was|were|are|on what|when)\b.*\b(?:acquisitions?|acquired?|takeovers?|mergers?)\b|\b(?:pay|pays|paid|paying)\b.{0,12}\bfor (?-i:[A-Z])",
            r"\b(?:(?<!cash )acquired\b(?! [$€£¥]?\d)|completed (?:the|our|its) (?:acquisition|purchase|merger)|agreement to acquire\b|acquisition of\b).{0,160}(?:[$€£¥] ?\d|\b\d[\d.,]* (?:million|billion))"
            r" @ \b(?:on|in|during) (?:\S+ ){1,5}?(?:we|the company|\S+) (?:\S+ ){0,3}?(?:acquired|completed (?:the|our|its) (?:acquisition|purchase|merger)|entered into .{0,60}\bto acquire)\b"
            r" @ \b(?:we|the company) (?:\S+ ){0,3}?acquired\b|\bagreement to acquire\b|\b(?:proposed|pending|planned) acquisition\b",
            r"acquisition|business combination|merger|divestiture|strategic action",
            "acquisition acquisitions acquire acquired acquires acquiring purchase purchased buy bought pay paid price spend spent merger takeover deal deals company companies business "
            "businesses complete completed announce announced agree agreed pending proposed planned major significant material transaction value consideration cash total make made status yet but not close closed",
            most=3,
            dated=True,
        ),
        made(
            "suppliers",
            r"\b(?:depend\w*|rely|relies|relian\w+|sole|single|limited|few|small number|concentrat\w+)\b.{0,50}\b(?:suppliers?|vendors?|manufacturers)\b|\b(?:suppliers?|vendors?).{0,40}\b(?:depend\w*|concentrat\w+)|\bsole[- ]source",
            r"\bno (?:single |one )?(?:vendor|supplier)s?\b.{0,40}\b(?:account\w*|represent\w*)\b|\b(?:vendors?|suppliers?)\b.{0,60}\baccounted for\b.{0,40}\d ?% @ \b(?:sole|single)[- ](?:source|supplier)\w*\b @ \b(?:depend\w*|rel(?:y|ies|iance))\b.{0,80}\b(?:suppliers?|vendors?|manufacturers|subcontractors)\b @ \blimited number of .{0,40}\b(?:suppliers|vendors|manufacturers)\b",
            r"supplier|manufactur|raw material|risk|procurement",
            "supplier suppliers vendor vendors manufacturers sole single source sourced depend depends dependent rely relies reliance limited few small number components materials party third third-party",
        ),
        made(
            "segments",
            r"\b(?:which|what|list|name|how many)\b(?: \S+){0,3} (?:(?:business|operating|reportable|reporting) )*segments\b(?! (?:had|has|have|with|grew|fell|made|earned|generat\w+|contribut\w+) (?:the |an? )?(?:high|low|larg|most|best|fast|big|small|strong|weak))|\bsegments? does\b|有哪些(?:业务)?(?:板块|分部)",
            r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d)\b(?: \S+){0,3} segments?\b(?:.{0,40}:|.{0,12}\bare\b|, | –|\.)|\bfollowing (?:\S+ ){0,3}segments?\b.{0,20}:"
            r" @ \bsegments?\b(?: \S+){0,3} (?:are|is|include|consist\w* of|compris\w+|as follows)\b",
            r"segment|overview|business|general",
            "segment segments business reportable operating reporting operate operates report reports reported consist make makes up comprise have has many list name company divided organised organized into",
            most=1,
            whole=True,
        ),
        made(
            "geographies",
            r"\b(?:which|what|where)\b.{0,40}\b(?:geograph\w+|regions?|countries)\b.{0,40}\b(?:operat\w*|sells?|present|active|do business|does business|serve)\b|\bwhere does\b.{0,40}\b(?:operate|sell|do business)\b|\bgeographic (?:regions|areas|segments|footprint)\b",
            r"\b(?:following|below)\b.{0,160}\bgeograph\w+|\bgeographic(?:al)? (?:regions?|areas?|locations?|segments?|operations|markets?)\b.{0,120}(?:\bas follows|:|\bfollowing|\binclud\w+|\bconsist\w*) @ \b(?:operat\w+|sell|sold|present)\b.{0,60}\b\d+ countries\b @ \b(?:principal|primary|major|largest) (?:geographic )?(?:markets?|regions?|countries)\b",
            r"geograph|segment|region|international|business",
            "geography geographies geographic region regions country countries area areas market markets operate operates primarily sell sells present active business where principally main mainly serve located",
            most=1,
            whole=True,
        ),
        made(
            "repurchases",
            r"^\W*(?:is|are|was|were|has|have|had|does|do|did)\b.*(?:\b(?:buy|bought|buying|buys) (?:back|its own|their own|any)\b.{0,30}\b(?:shares?|stock)\b|\b(?:buy|bought)\b.{0,12}\b(?:shares|stock) back\b|\brepurchas(?:e[ds]?|ing)\b.{0,30}\b(?:shares?|stock)\b)",
            r"\b(?:no|not|any)\b.{0,30}\b(?:repurchase\w*|purchase)\b.{0,60}\b(?:shares|stock)\b.{0,120}\b(?:20\d\d|year|quarter|period|months)\b|\brepurchased\b.{0,80}\b(?:shares|stock)\b.{0,100}\bfor\b|\b(?:paid|spent|used)\b.{0,40}\brepurchas\w+ .{0,60}\bshares\b @ \brepurchases? of\b.{0,60}\b(?:shares|stock)\b.{0,80}\d|\brepurchased?\b.{0,60}\bshares\b",
            r"repurchase|capital|liquidity|stockholders|shareholders|equity",
            "repurchase repurchased repurchases buy bought back buyback shares share stock common own program",
            dated=True,
        ),
        made(
            "internal control",
            r"\binternal controls?\b.{0,60}\beffective\b|\beffective\b.{0,30}\binternal controls?\b|\bmaterial weakness",
            r"\binternal control over financial reporting (?:was|were|is) (?:not )?effective @ \bmaterial weakness(?:es)?\b @ \bcontrols and procedures (?:were|are|was) (?:not )?effective",
            r"control|item 9a",
            "internal control controls effective effectiveness financial reporting material weakness weaknesses disclosure procedures management conclude concluded identify identified",
            most=1,
        ),
        made(
            "headquarters",
            r"\bheadquarter(?:s|ed)\b|\bprincipal executive offices?\b|\bwhere is .{0,40}\bbased\b|总部",
            r"\b(?:headquarters?|principal (?:executive )?offices?|corporate offices?)\b.{0,60}\b(?:in|at)\b.{0,160}\bsquare f(?:ee|oo)t @ \bheadquarter(?:s|ed)\b.{0,80}\b(?:in|at)\b @ \b(?:principal|corporate|executive) offices?\b.{0,60}\b(?:in|at)\b",
            r"propert|business|general|cover|form 10-",
            "headquarters headquartered principal executive corporate offices office located location based where main big large size square feet foot space",
            most=1,
        ),
        made(
            "auditor",
            r"\b(?:how long|since when) .{0,60}\b(?:auditors?|audited)\b|\bwho (?:audit(?:s|ed)|(?:is|are|was|were) (?:\S+ ){0,4}auditors?)\b|\b(?:which|what|name of the) (?:\S+ ){0,4}(?:auditors?|audit firm|accounting firm)\b|审计机构|会计师事务所(?:是|为)?(?:哪|谁)",
            rf"(?:{_FIRM}).{{0,120}}\b(?:independent registered public accounting firm|independent auditors?|has audited|have audited|served as (?:the|our) .{{0,30}}auditor) @ \b(?:audited by|independent registered public accounting firm|auditors?)\b.{{0,80}}(?:{_FIRM})",
            r"auditor|accountant|accounting firm|exhibit|report of|control",
            "who auditor auditors audit audited audits independent registered public accounting firm accounts accountant accountants financial statements books llp which name opinion since long when served tenure",
            most=1,
            also=r"\bserved as (?:the|our) .{0,60}\bauditors? (?:continuously )?since (?:at least )?\d{4}\b",
        ),
        officer("chief executive", r"ceo|chief executive(?: officer)?", r"chief executive officer|CEO", "ceo chief executive officer president"),
        officer("finance chief", r"cfo|chief financial officer|finance chief|head of finance", r"chief financial officer|CFO", "cfo chief financial officer finance"),
        officer("operating chief", r"coo|chief operating officer", r"chief operating officer|COO", "coo chief operating officer"),
        officer("chair", r"chair(?:man|woman|person)?\b(?: of the board)?", r"chair(?:man|woman|person)?\b(?: of (?:the|our) board)?", "chair chairman chairwoman chairperson board directors"),
        made(
            "covenants",
            r"\bcovenants?\b.{0,40}\b(?:compl\w+|breach\w*|violat\w+)|\b(?:compl\w+|breach\w*|violat\w+|meet|meets|met|meeting|satisf\w+|observ\w+)\b.{0,60}\bcovenants?\b",
            r"\b(?:in|with) compliance\b.{0,80}\bcovenants?|\bcovenants?\b.{0,80}\b(?:in compliance|complied|not in compliance)",
            r"debt|borrowing|credit|liquidity|capital",
            "covenant covenants compliance comply complied complies complying breach breached violate violated meet meets met satisfy satisfied observe debt loan credit financial agreement facility agreements in with all",
            most=1,
        ),
        made(
            "subsequent events",
            rf"\bsubsequent (?:\S+ )?events?\b|\b(?:after|since|following|subsequent to) (?:the |its |their )?{_ENDED}\b|期后事项|资产负债表日后",
            r"^(?!.*\bevaluated\b).*(?:\b(?:on|in|during|effective|through|of)\b.{0,40}\b(?:19|20)\d\d\b|\bsubsequent to\b|\b(?:declared|approved|completed|entered into|issued|acquired|announced|sold|repaid|agreed)\b) @ \bsubsequent events?\b",
            r"subsequent events?|期后事项|资产负债表日后",
            "subsequent event events after balance sheet date year end ended fiscal financial quarter period reporting happened happen took take place occurred occur significant material since following close closed report reported disclose disclosed was were been",
            most=4,
            under=True,
        ),
        made(
            "competition",
            r"\b(?:who|which|what|name|list|main|major|key|principal|biggest)\b.{0,60}\b(?:competitors?|rivals?|competition)\b|\b(?:who|whom|which \S+|what \S+)\b.{0,60}\bcompet(?:e|es|ing|ed) (?:with|against)\b|\bcompet(?:e|es|ing|ed) (?:with|against) (?:who|whom|which|what)\b|竞争对手",
            r"\bcompet\w+ (?:\S+ ){0,6}?(?:with|from|against|includ\w+|such as)\b.{0,160}(?-i:\b[A-Z][\w&.’'-]+(?: [A-Z][\w&.’'-]+)*(?:,| and|;) )|\bcompetitors(?!['’]) (?:\S+ ){0,6}?includ\w+ @ \bcompetitors(?!['’]) (?:\S+ ){0,6}?(?:are|is|such as)\b|\bcompet\w+ (?:\S+ ){0,3}(?:with|from|against)\b",
            r"competit|business|industry",
            "compete competes competing competed competitor competitors competition rival rivals who whom which name list main major key principal biggest direct face faces with against include industry market markets",
            whole=True,
        ),
        made(
            "revenue sources",
            r"\b(?:sources?|streams?) of (?:\S+ )?(?:revenues?|income|sales)\b|\b(?:revenue|income) (?:sources?|streams?)\b|\bhow (?:does|do|did) .{1,50} (?:make|earn|generate) (?:its |their |most of its |most of their )?(?:money|revenues?|income|sales|living)\b|\bwhere (?:does|do|did) .{1,40} (?:revenues?|money|sales|income) come from\b|收入来源",
            r"\b(?:primary|main|principal|largest|major) (?:\S+ )?sources? of (?:\S+ )?revenues?\b|\b(?:revenue|revenues) (?:is|are) (?:primarily|mainly|principally|generally) (?:derived|generated|earned)\b"
            r" @ \b(?:we|the company|it|our business(?:es)?) (?:primarily |mainly |principally |generally |also |currently )?(?:derives?|generates?|earns?|receives?) (?:\S+ ){0,6}?(?:revenues?|income|sales|fees)\b.{0,60}\b(?:from|through|by)\b|\b(?:our|total|net|consolidated|company['’]s) (?:\S+ ){0,2}?revenues? (?:primarily |mainly |principally )?(?:consists?|comprises?|includes?)\b|\b(?:types|categories|kinds) of revenues?\b"
            r" @ \brevenues? (?:is|are|was|were) (?:\S+ ){0,3}?(?:derived|generated|earned)\b",
            r"revenue|business|general|overview|discussion",
            "source sources stream streams revenue revenues income sales money make makes earn earns generate generates derive derives primary main principal largest major where come comes living most",
            whole=True,
        ),
        made(
            "credit ratings",
            r"\b(?:credit|debt|long-term|short-term) ratings?\b",
            rf"(?=.*\brat(?:ed|ings?)\b)\b{_AGENCY}(?! (?:500|Aerospace)).{{0,200}}(?-i:[“\"(]?\b(?:AAA|AA|A|Aaa|Aa|Baa|BBB|BB|Ba|B|Caa|CCC|P|F)(?:[-–]?[1-3]|[+-])?(?![\w’'.]))|\b(?:is|was|are|were|been) rated\b.{{0,60}}\bby {_AGENCY} @ \b{_AGENCY}.{{0,200}}\b(?:rating|rated|outlook|downgraded|upgraded)\b",
            r"rating|liquidity|capital|debt|borrowing",
            "credit debt rating ratings rated agency agencies moody standard poor fitch long-term short-term long short term company senior unsecured current outlook",
            most=2,
            whole=True,
        ),
        made(
            "holders of record",
            r"\b(?:share|stock|unit)?holders of record\b|\bhow many (?:\S+ )?(?:share|stock|unit)holders\b|股东(?:总数|人数|户数)",
            r"\d[\d,]* (?:\S+ ){0,5}(?:(?:share|stock|unit)?holders|owners) of record\b|\bholders of record\b.{0,60}\b(?:was|were|of)\b.{0,20}\d|股东总数.{0,20}\d",
            r"market|stock|shareholder|holders",
            "shareholder shareholders stockholder stockholders holder holders owners record common stock shares many number registered there class",
            most=1,
        ),
    )  # fmt: skip
