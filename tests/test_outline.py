"""The outline of documents in the styles that official writing has."""

from __future__ import annotations

import re

import pytest

from corpus.clean import clean
from corpus.document import Section
from corpus.headings import enumerations, heading_length, opening, parallel_openings
from corpus.labels import Label, label_of, number_of
from corpus.outline import outline
from corpus.read_text import read_markdown, read_text


class Outlined:
    """An outline with the text it belongs to."""

    def __init__(self, raw: str, *, markdown: bool = False) -> None:
        read = read_markdown if markdown else read_text
        clean_text = clean(read(raw.encode(), "例.md" if markdown else "例.txt"))
        self.text = clean_text.text
        self.sections, self.warnings = outline(clean_text)

    def tree(self, kind: str = "body") -> list[str]:
        """One line a section with a heading, indented by its level."""
        named = [s for s in self.sections if s.kind == kind and (s.label or s.title)]
        return ["  " * s.level + s.label + s.title for s in named]

    def find(self, heading: str) -> Section:
        return next(s for s in self.sections if s.label + s.title == heading)

    def text_of(self, heading: str) -> str:
        section = self.find(heading)
        return self.text[section.start : section.end]

    def check(self) -> None:
        """What holds for every outline."""
        for section in self.sections:
            assert self.sections[section.index] is section
            assert 0 <= section.start <= section.heading[0] <= section.heading[1] <= section.end <= len(self.text)
            assert section.start < section.end
            heading = self.text[section.heading[0] : section.heading[1]]
            if heading:
                assert _bare(heading) == _bare(section.label + section.title)
            if section.parent is not None:
                parent = self.sections[section.parent]
                assert parent.index < section.index and section.level == parent.level + 1
                assert parent.start <= section.start and section.end <= parent.end
        for one in self.sections:
            for other in self.sections[one.index + 1 :]:
                assert other.start >= one.end or other.end <= one.end, (one, other)


def _bare(heading: str) -> str:
    return re.sub(r"[\s。：:]", "", heading)


# --- labels ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "style", "number"),
    [
        ("一、总体要求", "一、", 1),
        ("十二、保障措施", "一、", 12),
        ("（一）总体思路。", "（一）", 1),
        ("(十一)人工智能", "（一）", 11),
        ("3.提升水平。", "1.", 3),
        ("3．提升水平。", "1.", 3),
        ("３、提升水平。", "1.", 3),
        ("3.2019年底前建成平台。", "1.", 3),
        ("（2）感知层。", "（1）", 2),
        ("④在能源方面", "①", 4),
        ("第二十三条 有下列情形之一的", "条", 23),
        ("第三章　法律责任", "章", 3),
        ("三是重塑结构。", "一是", 3),
        ("（四）项目竣工后及时验收。", "（一）", 4),
        ("1.2 适用范围", "1.1", 2),
        ("附件2", "word", 2),
        ("总论 新动能", "word", None),
        ("第十二條 制定本辦法", "条", 12),  # traditional
        ("第二節　規劃", "节", 2),
        ("附則", "word", None),
    ],
)
def test_labels(line: str, style: str, number: int | None) -> None:
    label = label_of(line)
    assert isinstance(label, Label)
    assert (label.style, label.number) == (style, number)


@pytest.mark.parametrize(
    "line",
    [
        "第三条规定的停车场不包括公交场站。",
        "（一）所列事项由区人民政府负责。",
        "第二章的有关内容另行公布",
        "一、二、三产业融合发展取得进展。",
        "1.5倍以上的企业可以申请。",
        "2018年全年完成投资。",
        "总论述了发展的背景。",
        "一是否符合条件要看材料。",
        "第三條規定的情形",
    ],
)
def test_references_and_figures_are_no_labels(line: str) -> None:
    assert label_of(line) is None


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("7", 7),
        ("１２", 12),
        ("⑦", 7),
        ("〇", 0),
        ("十", 10),
        ("十一", 11),
        ("二十一", 21),
        ("两百", 200),
        ("一百零八", 108),
        ("一千零五", 1005),
        ("二〇二一", 2021),
        ("十五万", 150000),
        ("一百二十万三千", 1203000),
        ("两亿", 200000000),
        ("一亿三千万", 130000000),
        ("一万亿", 10**12),
        ("甲", None),
        ("若干", None),
        ("", None),
    ],
)
def test_numbers(digits: str, value: int | None) -> None:
    assert number_of(digits) == value


@pytest.mark.parametrize(
    ("text", "style", "heading"),
    [
        ("1.强化创业创新支撑。鼓励企业开放平台。", "1.", "1.强化创业创新支撑。"),
        ("（一）满足了消费需求，使消费具有互动性", "（一）", "（一）满足了消费需求，使消费具有互动性"),
        ("（一）提交申请书；", "（一）", "（一）"),
        ("2.到2022年，建成充电桩5000个以上。", "1.", "2."),
        ("第六条 本办法自发布之日起施行。", "条", "第六条 "),
        ("第六条（施行日期）本办法自发布之日起施行。", "条", "第六条 （施行日期）".replace(" ", "")),
        ("一、为什么要制定本办法？", "一、", "一、为什么要制定本办法？"),
        ("1.申请条件：年满十八周岁。", "1.", "1.申请条件："),
        ("2.渡船开行时段为7:30至20:30，其余时段停航。", "1.", "2."),
    ],
)
def test_where_a_heading_ends(text: str, style: str, heading: str) -> None:
    label = label_of(text)
    assert label is not None
    assert text[: heading_length(text, label.end, style)] == heading


# --- small sections and items ---------------------------------------------------------------------------------------


def test_openings() -> None:
    assert opening("坚持开放共享。营造开放的环境。") == len("坚持开放共享。")
    assert opening("——社会服务更加普惠。线上线下结合。") == len("——社会服务更加普惠。")
    assert opening("到2018年，融合进一步深化。今后继续。") == 0
    assert opening("坚持开放共享。") == 0


def test_openings_count_only_beside_others_like_them() -> None:
    assert parallel_openings(["坚持开放共享。营造环境。", "坚持融合创新。鼓励创新。"], [0, 0]) == [0, 1]
    assert parallel_openings(["形势发生变化。各地要适应。", "任务依然艰巨。各地要努力。"], [0, 0]) == []
    assert parallel_openings(["体系渐趋完备。总体部署。", "环境显著优化。日趋健全。"], [7, 0]) == [0, 1]


def test_items_inside_a_paragraph() -> None:
    text = "存在三个问题：一是成本较高；二是依赖进口，这也是难点；三是费用高。今后要解决。"
    (items,) = enumerations(text)
    assert [text[start:end] for start, end, _, _ in items] == [
        "一是成本较高；",
        "二是依赖进口，这也是难点；",
        "三是费用高。",
    ]
    assert enumerations("这是唯一是好的，二是坏的。") == []
    assert enumerations("二是提质，三是增效。") == []


def test_items_are_sections_below_the_one_that_holds_them() -> None:
    doc = Outlined(
        "一、存在问题\n存在两个问题：一是成本较高；二是依赖进口。\n二、下一步打算\n继续推进有关工作，确保取得实效。"
    )
    assert doc.tree() == ["一、存在问题", "  一是", "  二是", "二、下一步打算"]
    assert doc.text_of("二是") == "二是依赖进口。"
    assert doc.find("二是").heading[0] == doc.find("二是").heading[1]
    doc.check()


def test_circled_numbers_inside_a_paragraph_open_no_section_of_their_own() -> None:
    doc = Outlined("一、现状\n①在制造领域，提出了新理念。②在农业领域，具备一定基础。\n下一段讲问题，问题还不少。")
    assert doc.text_of("②") == "②在农业领域，具备一定基础。"
    doc.check()


# --- whole documents ------------------------------------------------------------------------------------------------

REGULATION = """城市停车场建设管理办法
（2019年3月12日市人民政府第35次常务会议通过）

第一章　总　则

第一条　为了规范城市停车场的建设和管理，结合本市实际，制定本办法。

第三条规定的停车场不包括公交场站。

第二条　本办法所称停车场，包括下列场所：

（一）公共停车场；

（二）专用停车场；

（三）道路停车泊位。

前款第（一）项所称公共停车场，是指为公众提供停放服务的场所。

第二章　规划与建设

第三条　新建住宅应当按照下列标准配建停车位：
（一）一类地区：
1. 住宅每户不少于1.0个；
2. 商业每100平方米不少于0.8个。
（二）二类地区：
1．住宅每户不少于1.2个；
2．商业每100平方米不少于1.0个。

第三章　附　则

第四条　本办法自2019年5月1日起施行。
"""


def test_a_regulation() -> None:
    doc = Outlined(REGULATION)
    assert doc.tree() == [
        "第一章总则",
        "  第一条",
        "  第二条",
        "    （一）",
        "    （二）",
        "    （三）",
        "第二章规划与建设",
        "  第三条",
        "    （一）一类地区",
        "      1.",
        "      2.",
        "    （二）二类地区",
        "      1．",
        "      2．",
        "第三章附则",
        "  第四条",
    ]
    assert doc.text_of("第一条").endswith("第三条规定的停车场不包括公交场站。")
    assert doc.text_of("第二条").endswith("是指为公众提供停放服务的场所。")
    assert doc.text_of("（三）") == "（三）道路停车泊位。"
    assert doc.warnings == ()
    doc.check()


NOTICE = """某市人民政府办公室关于印发推进电动汽车
充电设施建设实施方案的通知
某政办发[2020]17号

各区、县人民政府，市政府各部门：
《推进电动汽车充电设施建设实施方案》已经市政府同意，现印发给你们，请认真贯彻执行。

某市人民政府办公室
2020年6月8日

推进电动汽车充电设施建设实施方案

为加快充电设施建设，制定本方案。
一、总体要求
(一)指导思想
以新发展理念为指导，坚持政府引导，加快形成布局合理的充电服务网络。
(二)工作目标
1.到2022年，全市建成公共充电桩5000个以上。
2.中心城区公共充电服务半径小于2公里，按照“一、二级城市标准”执行。
二、重点任务
(一)完善规划体系
1.编制专项规划。将充电设施纳入国土空间规划。(市自然资源局、市发展改革委负责)
2.落实配建标准。新建住宅车位预留安装条件。

(市住房城乡建设局牵头，市城管局配合)
(二)加大政策支持
3.给予建设补贴。对公共充电桩按每千瓦300元给予补贴。
4.降低用电成本。执行大工业电价。

附件1
重点任务分工表
编制专项规划由市自然资源局牵头，2020年9月底前完成，各区县参照执行，按季度报送。
"""


def test_a_notice_and_the_plan_that_it_sends_out() -> None:
    doc = Outlined(NOTICE)
    assert doc.tree() == [
        "推进电动汽车充电设施建设实施方案",
        "  一、总体要求",
        "    (一)指导思想",
        "    (二)工作目标",
        "      1.",
        "      2.",
        "  二、重点任务",
        "    (一)完善规划体系",
        "      1.编制专项规划",
        "      2.落实配建标准",
        "    (二)加大政策支持",
        "      3.给予建设补贴",
        "      4.降低用电成本",
        "附件1重点任务分工表",
    ]
    assert doc.tree("front") == ["落款"]
    assert doc.text_of("落款") == "某市人民政府办公室\n2020年6月8日"
    title = doc.sections[0]
    assert title.kind == "front"
    assert doc.text[title.start : title.end].startswith(
        "某市人民政府办公室关于印发推进电动汽车充电设施建设实施方案的通知\n"
    )
    preamble = doc.sections[1]
    assert (preamble.kind, preamble.title, preamble.label) == ("body", "", "")
    assert doc.text[preamble.start : preamble.end].startswith("各区、县人民政府")
    assert doc.text_of("2.落实配建标准").endswith("\n(市住房城乡建设局牵头，市城管局配合)")
    doc.check()


WRONG_LEVELS = """# 关于加快发展养老服务的意见

## 一、总体要求

坚持以人民为中心的发展思想，加快建设养老服务体系。

# （一）指导思想

以需求为导向，扩大有效供给，满足多样化、多层次养老服务需求。

#### （二）基本原则

**坚持政府主导。**发挥政府在规划、投入等方面的作用。

**坚持社会参与。**鼓励社会力量举办养老机构。

资源配置更加均衡。补齐农村养老服务短板。

# 二、主要任务

### 1. 建设社区设施

新建居住区按标准配套建设养老服务设施。

## 2. 培养服务人才

到2022年，培养培训1万名养老院院长、200万名养老护理员。

## 三、组织实施

### 加强领导

各地要建立部门间联席会议制度，统筹推进各项工作落实。

### 督促检查

民政部会同有关部门开展督查，重大事项及时报告。
"""


def test_markdown_with_headings_at_wrong_levels() -> None:
    doc = Outlined(WRONG_LEVELS, markdown=True)
    assert doc.tree() == [
        "一、总体要求",
        "  （一）指导思想",
        "  （二）基本原则",
        "    坚持政府主导",
        "    坚持社会参与",
        "    资源配置更加均衡",
        "二、主要任务",
        "  1.建设社区设施",
        "  2.培养服务人才",
        "三、组织实施",
        "  加强领导",
        "  督促检查",
    ]
    doc.check()


def test_text_of_fixed_width() -> None:
    paragraphs = [
        "关于粮食安全责任制落实情况的报告",
        "一、粮食生产稳定发展",
        "　　全省各地认真落实藏粮于地、藏粮于技战略，粮食播种面积保持稳定，总产量达到一千五百万吨，比上年有所增长。",
        "　　（一）耕地保护得到加强。全省划定永久基本农田，建成高标准农田，超额完成国家下达的年度建设任务和考核指标。",
        "　　（二）科技支撑不断增强。主要农作物良种覆盖率稳定在较高水平，综合机械化水平持续提高，服务网络更加健全。",
        "二、粮食储备管理规范",
        "　　地方储备粮规模全部落实到位，质量良好，储存安全，轮换计划执行到位，仓储设施条件持续改善，管理更加规范。",
    ]
    broken = [line for paragraph in paragraphs for line in [*re.findall(".{1,30}", paragraph), ""]]
    doc = Outlined("\n".join(broken))
    assert doc.tree() == [
        "一、粮食生产稳定发展",
        "  （一）耕地保护得到加强",
        "  （二）科技支撑不断增强",
        "二、粮食储备管理规范",
    ]
    assert doc.text_of("二、粮食储备管理规范").split("\n")[1] == paragraphs[-1].strip()
    doc.check()


COMMUNIQUE = """2018年国民经济和社会发展统计公报

国家统计局
2019年2月28日

2018年是贯彻会议精神的开局之年，国民经济运行总体平稳。

首先，经济总量再上新台阶。全年国内生产总值比上年增长6.6%。

其次，结构继续优化。第三产业增加值占国内生产总值的比重为52.2%。

最后，民生持续改善。全年居民人均可支配收入比上年增长8.7%。

一、综合

初步核算，全年国内生产总值900309亿元，比上年增长6.6%。

图1　2014－2018年国内生产总值及其增长速度

二、农业

全年粮食种植面积11704万公顷，比上年减少95万公顷。
"""


def test_a_communique() -> None:
    doc = Outlined(COMMUNIQUE)
    assert doc.tree() == [
        "首先，经济总量再上新台阶",
        "其次，结构继续优化",
        "最后，民生持续改善",
        "一、综合",
        "二、农业",
    ]
    figure = doc.find("图12014－2018年国内生产总值及其增长速度")
    assert figure.kind == "figure"
    assert figure.parent == doc.find("一、综合").index
    doc.check()


QUESTIONS = """《社会救助暂行办法》政策解读
来源：民政部网站

问：为什么要制定《社会救助暂行办法》？
答：社会救助事关困难群众基本生活，是保障基本民生、促进社会公平的基础性制度安排。
问：哪些人可以申请最低生活保障？
答：人均收入低于当地标准的家庭，可以申请。具体程序如下：
（1）由申请人提出书面申请；
（2）乡镇人民政府进行审核；
（3）县级民政部门审批。
符合条件的，予以批准并公布。
"""


def test_questions_and_answers() -> None:
    doc = Outlined(QUESTIONS)
    assert doc.tree() == [
        "问：为什么要制定《社会救助暂行办法》？",
        "问：哪些人可以申请最低生活保障？",
        "  （1）",
        "  （2）",
        "  （3）",
    ]
    assert doc.text_of("（3）") == "（3）县级民政部门审批。"
    assert doc.text_of("问：哪些人可以申请最低生活保障？").endswith("予以批准并公布。")
    doc.check()


ENCYCLOPEDIA = """城市绿道是一种线形的绿色开敞空间，沿河滨、溪谷等自然走廊建立。

### 概念提出
绿道的概念最早出现在上世纪，随后在各国得到推广，形成了不同的类型。
主要特征
绿道有两大特征：
一是连通性。连通是绿道最重要的特征，它把公园和居住区连接起来。
二是多样性。绿道兼有生态、休闲和文化等多种功能。
### 建设情况
各地建设了一批绿道，取得了良好的社会效益和生态效益。
（一）珠三角地区
珠三角率先启动绿道网建设，三年内建成两千多公里，覆盖九个城市。
（二）长三角地区
长三角依托水系建设绿道，串联古镇和湿地，形成了滨水特色。
### 社会影响
绿道改变了人们的出行方式，也带动了沿线的旅游和餐饮等产业。
"""


def test_headings_without_numbers() -> None:
    doc = Outlined(ENCYCLOPEDIA, markdown=True)
    assert doc.tree() == [
        "概念提出",
        "  主要特征",
        "    一是连通性",
        "    二是多样性",
        "建设情况",
        "  （一）珠三角地区",
        "  （二）长三角地区",
        "社会影响",
    ]
    doc.check()


def test_a_count_that_goes_on_over_sections_and_a_gap_in_it() -> None:
    doc = Outlined(
        "一、放宽准入\n（一）压缩时间。压缩至3个工作日。\n（二）推行承诺。对50项审批实行。\n"
        "二、降低成本\n（三）减免税费。落实减税政策。\n（五）清理收费。清理涉企收费。\n"
    )
    assert doc.tree() == [
        "一、放宽准入",
        "  （一）压缩时间",
        "  （二）推行承诺",
        "二、降低成本",
        "  （三）减免税费",
        "  （五）清理收费",
    ]
    (warning,) = doc.warnings
    assert warning.startswith("编号不连续：第 6 行“（五）清理收费。")


def test_an_excerpt_leaves_out_any_number_of_articles() -> None:
    doc = Outlined(
        "县渡口管理办法（节录）\n第三条 渡口应当有人值守。\n第四条 渡船应当年检。\n"
        "第十二条 夜间不得渡运。\n第十三条 违者处以罚款。\n第二十六条 本办法自公布之日起施行。\n"
    )
    assert doc.tree() == ["第三条", "第四条", "第十二条", "第十三条", "第二十六条"]


def test_a_reference_that_begins_a_line_is_no_article() -> None:
    doc = Outlined(
        "县渡口管理办法\n第一条 渡口应当有人值守。\n第二条 渡船超载的，依照《内河交通安全管理条例》\n"
        "第八十二条 的规定处罚。\n第三条 夜间不得渡运。\n第四条 本办法自公布之日起施行。\n"
    )
    assert doc.tree() == ["第一条", "第二条", "第三条", "第四条"]


def test_decimal_numbers() -> None:
    doc = Outlined(
        "突发事件应急预案\n\n1 总则\n1.1 编制目的\n健全应对工作机制，科学有序应对突发事件。\n1.2 适用范围\n"
        "本预案适用于境内的应对工作。\n2 组织体系\n2.1 领导机构\n2.1.1 指挥部\n必要时由负责同志任总指挥。\n"
    )
    assert doc.tree() == [
        "1总则",
        "  1.1编制目的",
        "  1.2适用范围",
        "2组织体系",
        "  2.1领导机构",
        "    2.1.1指挥部",
    ]
    doc.check()


def test_a_number_that_continues_nothing_is_text() -> None:
    doc = Outlined(
        "一、目标\n到明年底，完成下列任务。\n9.提升能力，完善服务，扩大覆盖，保障供给，促进增长，惠及各地群众。\n二、措施\n加强领导。"
    )
    assert doc.tree() == ["一、目标", "二、措施"]


def test_the_last_words_before_a_signature_belong_to_no_section() -> None:
    doc = Outlined(
        "某部关于建议的复函\n\n某某同志：\n您的建议收悉，现函复如下：\n一、关于资金。已安排资金3000万元。\n二、关于人才。正在研究。\n"
        "感谢您的关心。\n现将有关报告一并报送，供审阅。\n\n某部\n2005年3月3日\n"
    )
    assert doc.text_of("二、关于人才").endswith("感谢您的关心。")
    assert doc.sections[-2].title == ""
    assert doc.text[doc.sections[-2].start : doc.sections[-2].end] == "现将有关报告一并报送，供审阅。"
    assert doc.tree("front") == ["落款"]
    doc.check()


PAPER = """某某学报 2018 年 第 2 期
摘要：本文从现状出发，剖析了存在的问题，提出了建议。
关键词：融合发展；战略
Abstract: This study, beginning from the current situation, analyzes the problems and gives recommendations.
一、前言
研究背景如下，此处从略，不再赘述。
致谢
衷心感谢团队全体同志的辛勤劳动与贡献，也感谢各位同行的支持！
"""


def test_front_matter_of_a_paper() -> None:
    doc = Outlined(PAPER)
    assert [(s.kind, s.label + s.title) for s in doc.sections] == [
        ("front", ""),
        ("body", "摘要"),
        ("front", ""),
        ("body", "一、前言"),
        ("body", "致谢"),
    ]
    doc.check()


def test_an_imprint_is_front_matter_although_it_holds_a_sentence() -> None:
    doc = Outlined(
        "# 发展报告\n\n某某出版社\n\n责任编辑：王某\n\nISBN 978-7-00\n\n字数：207千字\n\n定价：35.00元\n\n"
        "凡购买本社图书，如有质量问题，我社负责调换。\n\n服务电话：65250042\n\n# 序　　言\n\n"
        "实施行动，是着力推进改革作出的重大部署，意义十分重大。\n",
        markdown=True,
    )
    assert [(s.kind, s.label) for s in doc.sections] == [("front", ""), ("body", "序言")]
    assert doc.text[: doc.sections[0].end].endswith("服务电话：65250042")


def test_a_document_without_headings_is_one_section() -> None:
    doc = Outlined("这是第一段，讲的是背景和意义，没有标题。\n这是第二段，讲的是做法和成效，也没有标题。")
    assert [(s.kind, s.title, s.start, s.end) for s in doc.sections] == [("body", "", 0, len(doc.text))]


def test_rows_of_a_table_are_no_front_matter() -> None:
    rows = "港口|座数\n东港 | 1,680.50 | 7.1% | 120.35 | 9.0% | 760.10 | 8.0% | 12.5\n2031 | 12"
    doc = Outlined(f"灯塔统计表\n{rows}")
    assert [(s.kind, doc.text[s.start : s.end]) for s in doc.sections] == [("front", "灯塔统计表"), ("body", rows)]


def test_receivers_behind_the_attachments_belong_to_none_of_them() -> None:
    doc = Outlined(
        "某局关于灯塔的通知\n\n各港：\n现将清单印发给你们，请认真贯彻执行，并做好落实工作。\n\n某局\n2031年3月3日\n\n附件1\n灯塔清单\n"
        "港口|座数\n东港|3\n西港|4\n抄送：某委，某办。\n某局办公室 2031年3月4日印发\n"
    )
    attachment, closing = doc.sections[-2:] if doc.sections[-1].kind == "front" else (None, None)
    assert attachment is not None and closing is not None
    assert doc.text[: attachment.end].endswith("西港|4")
    assert doc.text[closing.start :].startswith("抄送：某委，某办。\n某局办公室")


def test_boxes_to_tick_are_no_heading() -> None:
    doc = Outlined("1.是否满意？\n☑满意 □不满意\n2.您的意见是什么，请写在下面，我们会认真研究，并尽快给您答复：\n无。")
    assert all("满意 □" not in s.title for s in doc.sections)


def test_a_group_of_rows_is_a_section_whose_title_has_no_bar() -> None:
    doc = Outlined("任务|部门\n一、节水|\n清淤|水利部\n护岸|水利部\n二、造林|\n植树|林草局")
    assert doc.tree() == ["一、节水", "二、造林"]
