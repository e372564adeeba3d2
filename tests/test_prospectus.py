"""The right page of a long Chinese prospectus, where the company's name and the words of the question stand everywhere."""

import pytest
from small_library import library_of

GENERAL = "北岭装备持续完善研发体系，围绕清洗设备稳步推进募集资金的使用，公司高度重视项目管理与投资者关系。"
PROSPECTUS = "# 浙江北岭微电子装备股份有限公司\n\n首次公开发行股票\n\n招股说明书\n\n" + "\n\n".join(
    [f"## 第{number}节 公司治理\n\n{GENERAL * 3}北岭装备2031年继续加强管理。" for number in range(1, 12)]
    + ["## 员工\n\n报告期末共有研发人员324人。\n\n## 其他事项\n\n2030年8月因逾期申报被税务机关罚款2,000元。"]
    + [f"## 附录{number}\n\n{GENERAL * 3}" for number in range(1, 6)]
)
OTHER = "# 江州松岭园艺工具股份有限公司\n\n招股说明书\n\n" + "\n\n".join(
    f"## 第{number}条\n\n松岭园艺在第{number}地区销售剪刀，{'经销商按季结算货款，' * 20}" for number in range(60)
)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("prospectus"), {"a.md": PROSPECTUS, "b.md": OTHER}) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("北岭装备的研发人员有多少人？", "324人"),
        ("浙江北岭微电子装备股份有限公司的研发人员有多少？", "324人"),
        ("北岭装备受过哪些处罚？", "2,000元"),
        ("浙江北岭微电子装备股份有限公司受过哪些处罚？", "2,000元"),
    ],
)
def test_the_name_that_chose_the_report_does_not_choose_the_page(library, question, place):
    found = library.retrieve(question, limit=20)
    assert place in found[0].passage.text
    assert place in max(found, key=lambda item: item.lexical).passage.text
