"""Made-up policy documents in any number, each with a planted clause and a question about it.

A document is a plan (一、 （一） with duties) or a set of rules (章 and 条) of a made-up city about one of thirty
subjects. Cities share subjects, tasks and departments, and a document names several districts, periods and sums, so
that what is asked has near neighbours in its own document and in hundreds of others. Document n is the same whatever
the number of documents.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from qa.evaluation import Case, Evidence  # noqa: E402

_CITIES = [
    a + b + "市"
    for a in "青岚汐澜望临云松柏梧宁泽鹭枫琅玉景瑞沐晴澄霁朗苍翠雁鹤禾墨砚"
    for b in "州江川陵原溪阳山河海港屏亭浦城岭洲源泉丘"
]
_SUBJECTS = (
    "智慧停车 海绵城市 冷链物流 数字乡村 普惠托育 绿色建筑 公交优先 河道治理 老旧管网 森林防火 社区养老 垃圾分类 "
    "充电设施 全民健身 中小学食堂 职业培训 家政服务 农村道路 古树名木 夜间经济 电梯更新 湿地保护 志愿服务 应急广播 "
    "节水灌溉 直播电商 校外实践 残疾人就业 供热改造 殡葬服务"
).split()
_DEPARTMENTS = (
    "教育局 科学技术局 工业和信息化局 公安局 民政局 司法局 财政局 人力资源社会保障局 自然资源局 生态环境局 住房城乡建设局 "
    "交通运输局 水务局 农业农村局 商务局 文化和旅游局 卫生健康委 应急管理局 市场监管局 统计局 医疗保障局 城市管理局 数据局 林业局"
).split()
_DISTRICTS = (
    "东城区 西城区 南湖区 北苑区 滨河新区 高新区 开发区 老城片区 临港片区 大学城 梅溪镇 石桥镇 双塔镇 柳林镇 白沙镇"
).split()
_OBJECTS = (
    "示范点:个 服务站:座 公共泊位:个 改造项目:项 监测设备:台 标准化仓库:座 培训基地:个 管线:公里 步道:公里 便民网点:个 "
    "信息终端:台 专业队伍:支 示范村:个 检测实验室:个"
).split()
_TASKS = (
    "健全日常巡查制度 建立信用评价体系 编制专项建设规划 完善统计监测办法 开展从业人员培训 推动数据共享开放 制定地方标准 "
    "组织年度绩效评估 规范收费行为 搭建综合服务平台 引导社会资本参与 强化应急处置能力 简化审批手续 培育龙头企业 "
    "清理闲置设施 加强宣传引导 推行网格化管理 设立专项补助资金 开展联合执法检查 建设示范街区 完善配套设施 "
    "推广节能技术 保障用地需求 拓宽融资渠道 加强人才引进 健全投诉处理机制"
).split()
_ACTS = (
    "提交申请材料:受理机关:作出是否受理的决定 完成现场核查:核查机构:出具书面意见 公示期满:主管部门:拨付补助资金 "
    "发现安全隐患:运营单位:完成整改 收到投诉举报:承办单位:答复当事人 取得经营资格:经营者:办理备案 "
    "变更负责人:运营单位:报告主管部门 项目竣工:建设单位:申请验收"
).split()
_CONDITIONS = (
    "依法登记并正常经营满{}年:2:9 近{}年未受过行政处罚:2:6 从业人员不少于{}人:6:90 自有场地面积不少于{}平方米:60:900 "
    "年服务人次不少于{}人次:300:9000 自筹资金不低于总投资的百分之{}:15:60 设施设备完好率不低于百分之{}:70:98 "
    "已投保公众责任险且保额不低于{}万元:20:900"
).split()
# What fills an article between its clauses: one word of each list, so that hardly any sentence occurs twice.
_OPENINGS = (
    "按照属地管理的要求 结合城市更新 以居民需要为准 在试点的基础上 根据人口分布 围绕薄弱环节 通过政府采购 依托现有机构 "
    "会同相邻县区 利用闲置房屋 参照先进城市做法 经专家论证后 对照年度清单 在汛期到来之前 每季度第一个月 由属地街道牵线"
).split()
_VERBS = "梳理 核定 公开 完善 修订 汇总 检查 评估 补齐 落实 统一 更新 简化 细化 抽查 登记 通报 优化".split()
_THINGS = (
    "设施台账 收费标准 人员名册 服务流程 安全档案 选址方案 用地指标 运行数据 维护记录 经费预算 合同文本 责任清单 "
    "应急物资 巡查路线 用户评价 培训教材 设备参数 标识标牌 投诉记录 考核细则 能耗指标 施工图纸"
).split()
_ENDINGS = (
    "做到底数清楚 避免重复投入 防止问题反弹 方便老年人使用 接受社会监督 并报上一级部门 留存备查 及时向社会公布 "
    "降低单位成本 保证按期完工 与周边城市衔接 不增加基层负担 形成长效办法 缩短等候时间 杜绝虚报瞒报 逐步实现互认"
).split()
_NUMERALS = "一二三四五六七八九十"
_YEARS = (2025, 2026, 2027, 2028)


@dataclass(frozen=True)
class Generated:
    """A file's name and text, and the question about its planted clause."""

    name: str
    text: str
    case: Case


def most() -> int:
    """How many different documents there are."""
    return len(_CITIES) * len(_SUBJECTS)


def generate(count: int, first: int = 1) -> Iterator[Generated]:
    """Documents number ``first`` and following, about 5,500 characters each. Raises ValueError beyond :func:`most`."""
    if first + count - 1 > most():
        raise ValueError(f"there are {most()} different documents, {first + count - 1} are asked for")
    for number in range(first, first + count):
        yield _document(number)


def place(number: int) -> tuple[str, str, random.Random]:
    """City and subject of document ``number``, and what all else in it is drawn from."""
    # A step that has no factor in common with the number of pairs visits them all in a mixed order.
    pair = number * 4217 % most()
    return _CITIES[pair % len(_CITIES)], _SUBJECTS[pair // len(_CITIES)], random.Random(number)


# --- one document -----------------------------------------------------------------------------------------------


def _document(number: int) -> Generated:
    city, subject, choose = place(number)
    plant, clause = _planted(number, city, subject, choose)
    is_plan = plant in ("number", "lead")
    title = f"{city}{subject}{'三年行动方案' if is_plan else '管理办法'}"
    lines = [f"{city}人民政府办公室关于印发{title}的通知", f"{city[0]}政办发〔{choose.randint(2021, 2024)}〕{number}号"]
    lines += ["各县区人民政府，市政府各部门：", f"《{title}》已经市政府同意，现印发给你们，请认真贯彻执行。", title]
    lines += (_plan if is_plan else _rules)(subject, clause, choose)
    return Generated(f"g{number:05d}.txt", "\n".join(lines) + "\n", clause.case(f"g{number:05d}", plant, city, subject))


@dataclass(frozen=True)
class _Clause:
    text: str  #: stands word for word in the document
    asked: str
    answer: str
    points: tuple[str, ...]
    task: str = ""  #: of a duty: the heading that it stands under
    reserved: tuple[str, ...] = ()  #: words that no other clause of the document may use

    def case(self, name: str, plant: str, city: str, subject: str) -> Case:
        kind = {"lead": "responsibility", "list": "list"}.get(plant, "factoid")
        question = self.asked.format(city=city, subject=subject)
        points = tuple((point,) for point in self.points)
        return Case(name, kind, question, self.answer, key_points=points, evidence=(Evidence(name, self.text),))


_FREE = _Clause("", "", "", ())  #: nothing is planted, all words may be used


def _planted(number: int, city: str, subject: str, choose: random.Random) -> tuple[str, _Clause]:
    """The kind of the clause that is asked about, and the clause."""
    plant = ("number", "lead", "list", "limit")[number % 4]
    if plant == "number":
        district, thing, year = choose.choice(_DISTRICTS), choose.choice(_OBJECTS), choose.choice(_YEARS)
        name, unit = thing.split(":")
        amount = f"{choose.randint(12, 980)}{unit}"
        return plant, _Clause(
            f"到{year}年底，{district}新建{name}{amount}。",
            f"{{city}}的{{subject}}三年行动里，{district}要新建多少{name}？",
            f"到{year}年底新建{amount}。",
            (amount,),
            reserved=(district,),
        )
    if plant == "lead":
        task, duty = choose.choice(_TASKS), _duty(choose)
        lead = duty[2 : duty.index("牵头")]
        asked = f"{{city}}推进{{subject}}，{task}这件事由哪个部门牵头？"
        return plant, _Clause(duty, asked, f"市{lead}牵头。", (lead,), task, (task,))
    if plant == "list":
        items = tuple(_condition(form, choose) for form in choose.sample(_CONDITIONS, 3))
        listed = "；".join(f"（{_NUMERALS[i]}）{item}" for i, item in enumerate(items))
        return plant, _Clause(
            f"申请{subject}补助的单位，应当具备下列条件：{listed}。",
            "在{city}，单位申请{subject}补助要具备哪些条件？",
            "；".join(items) + "。",
            items,
            reserved=("补助的单位",),
        )
    event, who, act = choose.choice(_ACTS).split(":")
    days = f"{choose.randint(2, 28)}个工作日"
    return plant, _Clause(
        f"{who}应当自{event}之日起{days}内{act}。",
        f"按{{city}}{{subject}}的管理办法，{event}以后{who}多少个工作日内要{act}？",
        f"{days}内。",
        (days,),
        reserved=(event,),
    )


def _duty(choose: random.Random) -> str:
    lead, *rest = choose.sample(_DEPARTMENTS, choose.randint(2, 4))
    return f"（市{lead}牵头，{'、'.join('市' + name for name in rest)}配合）"


def _plan(subject: str, clause: _Clause, choose: random.Random) -> list[str]:
    """Five parts, of which three hold tasks with duties and figures."""
    tasks = choose.sample([task for task in _TASKS if task not in clause.reserved], 21)
    planted_at = choose.randrange(21)
    lines = [
        "一、总体要求",
        f"{sentence(choose)}。到{choose.choice(_YEARS)}年底，{subject}工作取得明显成效。{sentence(choose)}。",
    ]
    for part, heading in enumerate(("夯实基础条件", "提升服务能力", "强化监督管理"), 1):
        lines.append(f"{_NUMERALS[part]}、{heading}")
        for item in range(7):
            at = 7 * (part - 1) + item
            task, duty, figure = tasks[at], _duty(choose), _figure(clause, choose)
            if at == planted_at:
                task, duty, figure = (clause.task, clause.text, figure) if clause.task else (task, duty, clause.text)
            body = f"{sentence(choose)}。围绕{subject}的实际需要，{sentence(choose)}；{sentence(choose)}。{figure}{sentence(choose)}。"
            lines.append(f"（{_NUMERALS[item]}）{task}。{body}{duty}")
    lines += [
        "五、保障措施",
        *(f"（{_NUMERALS[i]}）{sentence(choose)}，{sentence(choose)}。{_figure(clause, choose)}" for i in range(6)),
    ]
    return lines


def _rules(subject: str, clause: _Clause, choose: random.Random) -> list[str]:
    """Five chapters of nine articles, the planted clause one of them."""
    planted_at = choose.randrange(9, 36)
    lines: list[str] = []
    for chapter, heading in enumerate(("总则", "建设与运营", "申请与审核", "监督管理", "附则")):
        lines.append(f"第{_NUMERALS[chapter]}章 {heading}")
        for article in range(9 * chapter, 9 * chapter + 9):
            said = clause.text
            if article != planted_at:
                said = choose.choice((_limit, _figure, _obligation))(clause, choose)
                said += f"{sentence(choose)}。{sentence(choose)}。"
            lines.append(f"第{chinese(article + 1)}条 {said}{sentence(choose)}，与{subject}有关的事项一并办理。")
    return lines


def sentence(choose: random.Random) -> str:
    """A sentence without its full stop."""
    opening, ending = choose.choice(_OPENINGS), choose.choice(_ENDINGS)
    (verb, other), (thing, second) = choose.sample(_VERBS, 2), choose.sample(_THINGS, 2)
    return f"{opening}，{verb}{thing}，{other}{second}，{ending}"


def provision(choose: random.Random) -> str:
    """A rule, a figure or an obligation."""
    return choose.choice((_limit, _figure, _obligation))(_FREE, choose)


def conditions(choose: random.Random) -> list[str]:
    """Three conditions for an application."""
    return [_condition(form, choose) for form in choose.sample(_CONDITIONS, 3)]


def _condition(form: str, choose: random.Random) -> str:
    words, least, largest = form.split(":")
    return words.format(choose.randint(int(least), int(largest)))


def _figure(clause: _Clause, choose: random.Random) -> str:
    district = choose.choice([name for name in _DISTRICTS if name not in clause.reserved])
    name, unit = choose.choice(_OBJECTS).split(":")
    return f"到{choose.choice(_YEARS)}年底，{district}新建{name}{choose.randint(12, 980)}{unit}。"


def _limit(clause: _Clause, choose: random.Random) -> str:
    event, who, act = choose.choice([act for act in _ACTS if act.split(":")[0] not in clause.reserved]).split(":")
    return f"{who}应当自{event}之日起{choose.randint(2, 28)}个工作日内{act}。"


def _obligation(clause: _Clause, choose: random.Random) -> str:
    task = choose.choice(_TASKS)
    return f"市{choose.choice(_DEPARTMENTS)}应当{task}，年度投入不少于{choose.randint(20, 900)}万元。"


def chinese(number: int) -> str:
    """A number up to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _NUMERALS[tens - 1]) + ("十" if tens else "") + (_NUMERALS[ones - 1] if ones else "")
