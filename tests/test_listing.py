"""How lists are told: whole, under the name of what announces them, with what some have to do besides."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.asked_lists import announces_another, of_asked_list
from qa.bot import PolicyQA
from qa.evidence import is_formula
from qa.exceptions import with_exceptions
from qa.extractive import Draft, Line
from qa.support import support
from small import bot_of

_TEXTS = {
    "boats": """丁市渔船更新补助方案
丁渔发〔2024〕7号
一、补助范围
在丁市登记的木质渔船，船龄满15年的，可以申请补助。下列渔船不列入补助范围：
1.没有登记的；
2.用于出租的。
二、补助标准
（一）更新渔船按照船长确定，具体标准：
船长12米以下的，每艘补助3万元；
船长12米以上的，每艘补助5万元。
（二）更换设备按以下标准执行：
1.声呐每套4000元；
2.雷达每套6000元。
（三）拆解旧船每艘补助1万元。
三、办理步骤
1.申请。船东向渔港提出申请。
2.核实。渔港在10日内核实。
3.拨付。财政局在30日内拨付。
四、职责分工
（一）渔业局：
1.制定计划；
2.组织验收。
（二）财政局：安排资金。
""",
    "lights": """丁市灯塔保护办法
丁港航〔2023〕9号
第一条 灯塔管护人应当于每年3月1日至3月20日向所在区港航部门窗口报送下列材料：
（一）管护报告；
（二）检修记录。
租用灯塔的，还应当提供租约。通过共享能够取得的材料，不再要求提供。
第二条 申请灯塔管护资格，应当符合下列条件：
（一）有船员证书；
（二）有设备，包括：
1.望远镜两架；
2.救生艇一艘。
第三条 灯塔改作博物馆的，标准见下表：
灯塔|修缮（元）|看护（元）
石塔|800|100
铁塔|500|70
木塔|300|50
""",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


def test_a_list_of_what_is_left_out_does_not_answer_what_is_in(bot: PolicyQA) -> None:
    told = bot.ask("渔船更新补助的范围包括哪些渔船？").text
    assert told.startswith("在丁市登记的木质渔船，船龄满15年的，可以申请补助。")
    assert "下列渔船不列入补助范围，共2项：1.没有登记的；2.用于出租的。" in told
    out = bot.ask("哪些渔船更新不给补助？").text
    assert out.startswith("下列渔船不列入补助范围") and "船龄满15年" not in out


def test_items_keep_the_lists_that_they_announce(bot: PolicyQA) -> None:
    answer = bot.ask("渔船更新补助的标准有哪些？")
    assert answer.text.startswith(
        "“补助标准”共3项：（一）更新渔船按照船长确定，具体标准：船长12米以下的，每艘补助3万元；船长12米以上的，每艘补助5万元；"
        "（二）更换设备按以下标准执行：1.声呐每套4000元；2.雷达每套6000元；（三）拆解旧船每艘补助1万元。"
    )
    assert {s.support for s in answer.statements} == {"verified"}
    duties = bot.ask("渔船更新补助的职责分工有哪些？").text
    assert "（一）渔业局：1.制定计划；2.组织验收；（二）财政局：安排资金。" in duties
    assert "（二）有设备，包括：1.望远镜两架；2.救生艇一艘。" in bot.ask("申请灯塔管护资格要符合哪些条件？").text


def test_steps_are_told_with_what_is_done(bot: PolicyQA) -> None:
    assert "2.核实。渔港在10日内核实；3.拨付。" in bot.ask("渔船更新补助的办理步骤有哪几步？").text


def test_a_list_goes_on_with_what_some_hand_in_besides(bot: PolicyQA) -> None:
    told = bot.ask("灯塔管护人要报送哪些材料？").text
    assert "共2项：（一）管护报告；（二）检修记录。" in told
    assert "租用灯塔的，还应当提供租约。" in told and "不再要求提供。" in told


def test_what_announces_a_list_tells_when_without_its_items(bot: PolicyQA) -> None:
    told = bot.ask("灯塔管护人每年什么时候报送材料？").text
    assert "3月1日至3月20日" in told and "检修记录" not in told


def test_a_sentence_that_announces_what_follows_is_no_address() -> None:
    assert is_formula("各区人民政府，各有关单位：")
    assert not is_formula("管护人应当每年向所在区港航部门窗口报送下列材料：")


def test_the_size_of_a_list_counts_its_own_numbers() -> None:
    quotes = ["(一)有船。", "(二)有设备，包括：\n1.锚；\n2.网。"]
    assert support("共2项：（一）有船；（二）有设备，包括：1.锚；2.网。", quotes) == "verified"
    assert support("共5项：（一）有船；（二）有设备，包括：1.锚；2.网。", quotes) != "verified"


def test_some_have_to_hand_in_more_than_all(tmp_path: Path) -> None:
    text = "丁市船员救助细则\n第一条 申请时应当提交：申请书、船员证。伤病船员还应当提供病历。遇险船员还应当提供航海日志。\n"
    aid = bot_of(tmp_path, {"aid": text}).document("aid")

    def told(begin: str, question: str) -> list[str]:
        at = aid.text.index(begin)
        line = Line(begin, (("aid", at, at + len(begin)),))
        return [line.text for line in with_exceptions(Draft((line,)), question, lambda _: aid).lines]

    base, ill, lost = "申请时应当提交：申请书、船员证。", "伤病船员还应当提供病历。", "遇险船员还应当提供航海日志。"
    assert told(base, "要提交什么材料？") == [base, ill, lost]
    assert told(ill, "伤病船员还要提交什么？") == [ill]
    assert told(base, "什么时候提交？") == [base]


def test_the_list_asked_for_goes_before_one_of_another_document_or_of_something_else(tmp_path: Path) -> None:
    texts = {
        "aid": "丁市船员救助细则\n第一条 申请时应当提交：申请书、船员证。\n",
        "light": "丁市灯塔补助办法\n第一条 申请补助的机构，应当向所在区提交下列材料：\n（一）塔图；\n（二）账册。\n"
        "第二条 申请灯塔看护资格，应当符合下列条件：\n（一）有船；\n（二）有锚。\n",
    }
    small = bot_of(tmp_path, texts)

    def before(question: str) -> str | None:
        found = small.find(question)
        first = of_asked_list(found.probe, found.candidates)
        return None if first is None else first.text

    assert before("申请船员救助需要提交什么材料？") == "申请时应当提交：申请书、船员证。"
    assert before("申请灯塔看护资格要交哪些材料？") == "申请补助的机构，应当向所在区提交下列材料："
    assert before("申请灯塔看护资格要符合哪些条件？") is None


def test_what_is_forbidden_goes_before_what_is_allowed(tmp_path: Path) -> None:
    text = "丁市灯塔条例\n第一条 有下列情形之一的，看护单位可以熄灯：\n（一）检修；\n（二）停电。\n第二条 禁止下列行为：\n（一）攀爬灯塔；\n（二）遮挡灯光。\n"
    bot = bot_of(tmp_path, {"rule": text})
    assert bot.ask("灯塔看护单位在什么情况下可以熄灯？").text.startswith("有下列情形之一的，看护单位可以熄灯，共2项")
    found = bot.find("灯塔看护有哪些行为不许做？")
    first = of_asked_list(found.probe, found.candidates)
    assert first is not None and first.text == "禁止下列行为："


def test_what_is_denied_is_told_by_what_denies_it(tmp_path: Path) -> None:
    text = "丁市灯塔工章程\n第一条 在岗三年的，认定为灯塔工。学徒不算在岗。\n第二条 酗酒的、擅自离塔的，不予认定。\n"
    bot = bot_of(tmp_path, {"rule": text})
    found = bot.find("哪些情形灯塔工不给认定？")
    ranked = sorted(found.candidates, key=lambda c: "不算在岗" not in c.text)
    first = of_asked_list(found.probe, [c.changed(score=1.0) for c in ranked])
    assert first is not None and "酗酒的" in first.text


def test_a_list_of_places_is_none_of_cases(tmp_path: Path) -> None:
    text = (
        "丁市灯塔条例\n第一条 灯塔不得在下列地点熄灯：\n（一）渔港；\n（二）渡口。\n"
        "第二条 有下列情形之一的，灯塔不得亮灯：\n（一）检修；\n（二）停电。\n"
    )
    told = bot_of(tmp_path, {"rule": text}).ask("什么情况下灯塔不能亮灯？").text
    assert "检修" in told and "渔港" not in told


def test_a_list_of_what_is_forbidden_or_of_cases_goes_first(tmp_path: Path) -> None:
    text = (
        "丁市灯塔基金办法\n第一条 灯塔基金每年安排300万元，由港务局管理，其中修塔200万元。\n"
        "第二条 灯塔基金用于修塔、买灯。基金不得用于：发奖金、盖食堂、还债。\n"
        "第三条 撤回资助后两年内不得再申请资助。出现下列情形之一的，撤回资助：1.塔已拆除；2.账目造假；3.灯连续熄灭三个月。\n"
    )
    bot = bot_of(tmp_path, {"fund": text})

    def before(question: str) -> str | None:
        found = bot.find(question)
        ranked = sorted(found.candidates, key=lambda c: c.document.text.find(c.text))  # the other sentences first
        first = of_asked_list(found.probe, [c.changed(score=1.0) for c in ranked])
        return None if first is None else first.text

    assert before("灯塔基金的钱哪些地方不能花？") == "基金不得用于：发奖金、盖食堂、还债。"
    assert before("灯塔基金有多少钱？") is None
    assert before("什么情况下会撤回资助？") == "出现下列情形之一的，撤回资助：1.塔已拆除；"


PLAN = (
    "戊县渔港服务方案\n一、便民服务\n方便渔民办事。\n（一）推广海上医疗。在渔港设医疗点，配备救护船。\n（二）办好渔村教育。开通海岛校车。\n"
    "（三）发展船员培训。培训一千名船员。\n二、保障\n（一）经费。列入预算。\n（二）考核。每年考核。\n"
)


def test_one_side_of_a_section_is_told_by_the_part_whose_title_has_it(tmp_path: Path) -> None:
    bot = bot_of(tmp_path, {"plan": PLAN})
    told = bot.ask("便民服务里医疗方面讲了什么？").text
    assert "配备救护船" in told and "船员培训" not in told
    assert "共3项" in bot.ask("便民服务有哪些？").text


def test_papers_and_cases_go_by_several_names() -> None:
    assert not announces_another("办登塔证要带哪些东西?", "申请登塔证的,提交下列材料:")
    assert not announces_another("碰上哪些情况不许登塔", "有下列情形之一的,不得登塔:")
    assert announces_another("灯塔里种了哪些品种?", "看守人应当具备下列条件:")
