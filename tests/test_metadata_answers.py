"""What a document says about itself: whole answers over small documents that resemble one another."""

from __future__ import annotations

from pathlib import Path

import pytest

from fakes import HashEmbedder
from qa.bot import PolicyQA
from qa.metadata_answers import answer_metadata, missing_metadata
from small import bot_of

PAGES = {
    "湖港大会.txt": """\
索引号：000099999/2006-00017
主题分类：科技、教育\\科技
发文机关：国务院办公厅
成文日期：2006年03月02日
标题：国务院办公厅关于同意在湖港市举办世界灯塔大会的复函
发文字号：国办函〔2006〕21号
发布日期：2016年08月09日
主题词：科技、会议、函
国务院办公厅关于同意在湖港市举办世界灯塔大会的复函
国办函〔2006〕21号
湖港省人民政府、海事局：
你们的请示收悉。经国务院批准，现函复如下：
同意于2007年5月在湖港市举办世界灯塔大会，规模控制在300人以内。
国务院办公厅
二〇〇六年三月十二日
""",
    "云岭大会.txt": """\
索引号：000099999/2006-00031
主题分类：科技、教育\\科技
发文机关：国务院办公厅
成文日期：2006年04月05日
标题：国务院办公厅关于同意在云岭市举办国际茶花大会的复函
发文字号：国办函〔2006〕33号
发布日期：2016年08月09日
国务院办公厅关于同意在云岭市举办国际茶花大会的复函
国办函〔2006〕33号
云岭省人民政府：
你们的请示收悉。经国务院批准，现函复如下：
同意于2007年3月在云岭市举办国际茶花大会。
国务院办公厅
二〇〇六年四月五日
""",
    "养犬.txt": """\
来源：湖港日报
时效性：已修改
发布时间：2022-07-03 11:20
湖港市人民政府关于印发湖港市养犬管理办法的通知
湖政发〔2022〕18号
各县、区人民政府，市政府各部门：
现将《湖港市养犬管理办法》印发给你们，请认真贯彻执行。
湖港市人民政府
2022年6月28日
湖港市养犬管理办法
第一条 为了规范养犬行为，制定本办法。
第二条 养犬应当登记。
第三条 本办法自2022年10月1日起施行。2009年3月5日发布的《湖港市限制养犬规定》同时废止。
""",
    "渡口.txt": """\
湖港市人民政府令
第79号
《湖港市渡口管理办法》已经2021年1月8日市政府第15次常务会议通过，现予公布，自2021年5月1日起施行。
市　长：林海生
2021年1月29日
湖港市渡口管理办法
第一条 为了规范渡口，制定本办法。
第二条 渡口应当设置护栏。
""",
    "渔具.txt": """\
渔具回收办法
2022年6月6日中华人民共和国渔业部令第2号公布
第一条 为了回收渔具，根据《中华人民共和国渔业法》，制定本办法。
第二条 渔具应当编号。
第三条 本办法自公布之日起施行。
""",
    "船员.txt": """\
云岭区人力资源局 云岭区海事局关于印发云岭区船员培训办法的通知
云人发〔2023〕4号
局属各单位：
现将《云岭区船员培训办法》印发给你们。
云岭区人力资源局
云岭区海事局
2023年8月9日
云岭区船员培训办法
第一条 为了培训船员，制定本办法。
第二条 船员应当年年培训。
""",
    "航标.txt": """\
湖港省海事局 湖港省财政厅关于进一步加强内河航行标志维护管理工作的意见
湖海规〔2011〕7号
各市海事局、财政局：
为加强航标维护，根据《湖港省航道条例》（湖人发〔2009〕3号），提出以下意见。
一、维护经费由省财政厅按年度安排，由各市印发补助清单。
二、本意见由省海事局负责解释，有效期五年。
湖港省海事局
湖港省财政厅
2011年4月6日
""",
    "海岸.txt": """\
湖港市海岸保护条例
（1997年8月30日湖港市第四届人民代表大会常务委员会第二十一次会议通过　\
1997年11月28日湖港省第八届人民代表大会常务委员会第十五次会议批准　\
根据2022年3月30日湖港省第十三届人民代表大会常务委员会第三十次会议批准的《关于修改〈湖港市海岸保护条例〉的决定》修正）
第一条 为了保护海岸，制定本条例。
第二条 海岸线不得填占。
""",
    "百科.txt": """\
灯塔
灯塔是引导船舶的高塔。
2006年3月20日，国务院办公厅印发《国务院办公厅关于同意在湖港市举办世界灯塔大会的复函》。
""",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder = tmp_path_factory.mktemp("documents")
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return PolicyQA.open([folder], tmp_path_factory.mktemp("data"), embedder=HashEmbedder())


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("同意办世界灯塔大会的那份复函，索引号是多少？", ["000099999/2006-00017"]),
        ("国际茶花大会的复函，索引号和发文字号各是什么？", ["000099999/2006-00031", "国办函〔2006〕33号"]),
        ("茶花大会那份函归在哪个主题分类里？", ["科技、教育\\科技"]),
        ("茶花大会的复函归在哪一类？", ["科技、教育\\科技"]),
        ("灯塔大会的复函主题词写了哪几个？", ["科技、会议、函"]),
        ("茶花大会的复函是哪天成文、哪天发布的？", ["2006年4月5日", "2016年8月9日"]),
        ("灯塔大会的复函什么时候发布到网上的？", ["2016年8月9日"]),
        ("灯塔大会的复函，信息表里的成文日期和落款日期对得上吗？", ["不一致", "2006年3月2日", "二〇〇六年三月十二日"]),
        ("茶花大会的复函，成文日期跟文末落款日期一致吗？", ["一致：", "2006年4月5日", "二〇〇六年四月五日"]),
        ("茶花大会的复函主送哪里？", ["云岭省人民政府"]),
        ("茶花大会的复函发文机关是谁？", ["国务院办公厅"]),
        ("国办函〔2006〕33号的标题是什么？", ["国际茶花大会"]),
        ("国办函[2006]21号是哪天发布的？", ["2016年8月9日"]),
        ("湖港市养犬管理办法的文号是什么？", ["湖政发〔2022〕18号"]),
        ("养犬办法这页是几号发布的？", ["2022年7月3日"]),
        ("养犬那个通知的来源是哪里？", ["湖港日报"]),
        ("养犬办法的通知落款是哪天？", ["2022年6月28日"]),
        ("养犬办法从哪天起施行？", ["2022年10月1日"]),
        ("养犬办法什么时候生效？哪个旧规定同时作废？", ["2022年10月1日", "湖港市限制养犬规定"]),
        ("湖港市渡口管理办法是第几号市政府令，当时哪位市长签的？", ["湖港市人民政府令第79号", "市长：林海生"]),
        ("湖港市渡口管理办法市里哪次会议通过的？", ["第15次常务会议通过"]),
        ("渔具回收办法是哪个部出的，几号令？", ["渔业部令第2号"]),
        ("渔具回收办法自哪天起施行？", ["自公布之日起施行", "2022年6月6日"]),
        ("云岭区船员培训办法是哪几家单位联合印的？", ["云岭区人力资源局、云岭区海事局"]),
        ("云岭区船员培训的通知是下发给哪些单位的？", ["局属各单位"]),
        ("养犬办法顶替了哪个旧规定？", ["湖港市限制养犬规定"]),
        ("养犬的通知发给谁的？", ["各县、区人民政府，市政府各部门"]),
        ("养犬办法现在还有效吗？页面上时效怎么写的", ["时效性：已修改"]),
        ("湖港市渡口管理办法是什么文号？", ["第79号"]),
        ("加强内河航行标志维护的意见是哪个机关发的，发给谁？", ["湖港省海事局、湖港省财政厅", "各市海事局、财政局"]),
        ("内河航标的意见是哪两家发的？发给谁的？", ["湖港省海事局、湖港省财政厅", "各市海事局、财政局"]),
        ("内河航行标志那份意见是谁印发的，依据哪个文件？", ["湖港省海事局、湖港省财政厅", "《湖港省航道条例》"]),
        ("内河航行标志那份意见是谁印发的，什么时候？", ["湖港省海事局、湖港省财政厅", "2011年4月6日"]),
        ("内河航行标志的意见由哪个部门解释？", ["由省海事局负责解释"]),
        ("湖港省印发内河航行标志维护管理工作的意见是哪一天？", ["2011年4月6日"]),
        ("养犬办法的通知发给了哪些单位？", ["各县、区人民政府，市政府各部门"]),
        ("2011年那份航标通知，文号是多少？", ["湖海规〔2011〕7号"]),
        ("被新的养犬办法废掉的那份老规定，当年是哪天发布的？", ["2009年3月5日发布"]),
        ("哪份旧规定在新的养犬管理办法施行以后作废？", ["湖港市限制养犬规定"]),
        ("海岸保护条例是谁制定的？", ["湖港市第四届人民代表大会常务委员会"]),
        ("97年那部海岸条例是哪天通过的？", ["1997年8月30日"]),
        ("灯塔大会的复函是回复哪份请示的？", ["你们的请示收悉"]),
        ("灯塔大会的复函到底是几号的？落款和百科写的日子不一样。", ["二〇〇六年三月十二日", "2006年3月20日"]),
    ],
)
def test_answer(bot: PolicyQA, question: str, said: list[str]) -> None:
    answer = bot.ask(question)
    assert not answer.refused
    for words in said:
        assert words in answer.text


def test_each_field_is_cited_by_its_own_row(bot: PolicyQA) -> None:
    answer = bot.ask("国际茶花大会的复函，索引号和发文字号各是什么？")
    assert [c.quote for c in answer.citations] == ["索引号：000099999/2006-00031", "发文字号：国办函〔2006〕33号"]


def test_a_field_that_the_document_does_not_have_is_refused_by_name(bot: PolicyQA) -> None:
    answer = bot.ask("湖港市养犬管理办法的索引号是多少？")
    assert answer.refused
    assert "索引号" in answer.text


def test_whether_a_document_is_still_in_force_is_not_guessed(bot: PolicyQA) -> None:
    answer = bot.ask("湖港市渡口管理办法现在还有效吗？")
    assert answer.refused
    assert "时效性" in answer.text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("渔船办法印发给了哪些单位？", "各县渔政站，局属各单位。"),
        ("渔船办法发到哪一级？", "此件发至县级。"),
        ("渔船办法的传达范围是什么？", "此件发至县级。"),
    ],
)
def test_to_whom_a_document_goes(tmp_path: Path, question: str, told: str) -> None:
    text = (
        "甲市渔政局关于印发《甲市渔船办法》的通知\n甲渔发〔2023〕2号\n各县渔政站，局属各单位：\n"
        "现将《甲市渔船办法》印发给你们。\n甲市渔政局\n2023年1月9日\n（此件发至县级）\n"
    )
    bot = bot_of(tmp_path, {"渔船.txt": text})
    assert bot.ask(question).text == f"{told}[1]"


def test_what_is_asked_first_is_told_first(bot: PolicyQA) -> None:
    answer = bot.ask("养犬办法的通知是谁发的，落款哪天？")
    assert [c.quote for c in answer.citations] == ["湖港市人民政府", "2022年6月28日"]


def test_who_signed_a_document_that_does_not_say_so_is_refused_by_name(bot: PolicyQA) -> None:
    answer = bot.ask("湖港市养犬管理办法是谁签发的？")
    assert answer.refused
    assert "签发人" in answer.text


@pytest.mark.parametrize(
    "question",
    ["灯塔大会的规模控制在多少人以内？", "国际茶花大会在哪里举办？", "养犬要不要登记？", "灯塔的全称是什么？"],
)
def test_a_question_about_content_is_no_question_about_the_header(bot: PolicyQA, question: str) -> None:
    found = bot.find(question)
    assert answer_metadata(found.probe, found.candidates, bot, bot.doc_ids()) is None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("湖港市海岸保护条例是哪天批准的？", "1997年11月28日湖港省第八届人民代表大会常务委员会第十五次会议批准"),
        ("湖港市海岸保护条例最近一次修正是什么时候？", "2022年3月30日"),
    ],
)
def test_one_event_of_a_note_that_tells_several(bot: PolicyQA, question: str, told: str) -> None:
    quotes = [c.quote for c in bot.ask(question).citations]
    assert len(quotes) == 1
    assert quotes[0].startswith(told)
    assert "8月30日" not in quotes[0]


def test_how_long_a_thing_holds_and_whether_an_old_rule_does_are_asked_of_the_text(tmp_path: Path) -> None:
    rule = "丁市渔船条例\n第一条 渔船检验报告有效期为90日。\n第二条 本条例自2023年1月1日起施行。2011年通过的《丁市渔船规定》同时废止。\n"
    bot = bot_of(tmp_path, {"rule": rule})
    assert "90日" in bot.ask("渔船检验报告多久有效？").text
    assert "同时废止" in bot.ask("旧的渔船规定还有效吗？").text


def test_a_day_that_only_others_tell_is_told_beside_what_the_document_says(tmp_path: Path) -> None:
    bot = bot_of(
        tmp_path,
        {
            "opinion": "湖港市人民政府关于保护灯塔的意见\n湖港发〔2031〕4号\n各县、区人民政府：\n要保护灯塔。\n湖港市人民政府\n",
            "news": "灯塔保护报道\n2031年7月4日，湖港市人民政府印发《湖港市人民政府关于保护灯塔的意见》。\n",
        },
    )
    text = bot.ask("湖港发〔2031〕4号什么时候发的，发给谁？").text
    assert "各县、区人民政府" in text and "2031年7月4日" in text


def test_who_made_known_what_a_document_names_in_latin_letters_is_asked_of_its_text(tmp_path: Path) -> None:
    report = "湖港市灯塔发展报告\n湖港市统计局\n一、概况\n据海灯公司公布的LQI，灯塔质量居前。\n"
    bot = bot_of(tmp_path, {"report": report, "rule": "湖港市浮标办法\n第一条 浮标每年检修。\n"})
    assert "发文机关" not in bot.ask("灯塔发展报告里的LQI是谁发布的？").text


def test_the_time_in_which_a_right_may_be_claimed_is_no_state_of_a_document(tmp_path: Path) -> None:
    law = "丁市海损仲裁办法\n第一条 海损申请仲裁的时效期间为三年，从知道海损之日起计算。\n第二条 仲裁不收费。\n"
    bot = bot_of(tmp_path, {"law": law})
    for question in ("海损仲裁时效是多久？", "海损仲裁的时效为多长？", "申請海損仲裁的時效是多久？"):
        assert "三年" in bot.ask(question).text
    found = bot.find("《丁市海损仲裁办法》的时效是什么？")
    assert missing_metadata(found.probe, found.candidates, bot, bot.doc_ids()) == "《丁市海损仲裁办法》的时效性"


def test_what_is_no_longer_carried_out_is_told_as_replaced(tmp_path: Path) -> None:
    plan = (
        "湖港市巡河考核办法\n湖河办〔2024〕2号\n第一条 巡河每月一次。\n"
        "第二条 本办法自印发之日起施行。原《湖港市巡河考核方案》（湖河办〔2023〕5号）不再执行。\n"
    )
    assert "湖河办〔2023〕5号" in bot_of(tmp_path, {"巡河": plan}).ask("湖河办〔2024〕2号取代了哪个文件？").text


def test_the_line_below_a_title_tells_the_edition_and_when_it_was_brought_up_to_date(tmp_path: Path) -> None:
    line = "发布机构：湖港市港航局　更新日期：2031-05-16　版本：第4版"
    bot = bot_of(tmp_path, {"guide": f"登塔许可办事指南\n{line}\n一、条件\n年满十八周岁的，可以登塔。\n"})
    assert "2031-05-16" in bot.ask("登塔许可那个办事指南，最近一次更新是哪天，第几版？").text


def test_at_which_meeting_a_document_was_passed(tmp_path: Path) -> None:
    notice = "湖港市灯塔修复方案\n《湖港市灯塔修复方案》已经市人民政府第58次常务会议审议通过，现印发给你们。\n一、目标\n修复灯塔六座。\n"
    assert "第58次常务会议" in bot_of(tmp_path, {"plan": notice}).ask("灯塔修复方案是哪次会议审议通过的？").text


HEADS = {
    "信件.txt": """\
机密★3年
特急
湖港市水务局文件
湖水发〔2024〕9号
签发人：林海生
湖港市水务局关于检查闸门的通知
各水管所：
为检查闸门，根据《湖港省闸门检查技术规程》（湖水规〔2020〕5号），通知如下。
一、闸门每年检查两次。
二、检查结果存档。
湖港市水务局
2024年3月1日
（联系人：工程科　方小舟，联系电话：0555-1234567，传真：0555-7654321）
抄送：市应急局，市财政局。
湖港市水务局办公室　2024年3月2日印发
""",
    "答问.txt": """\
守住每一道闸门
——湖港省水务厅负责人就《湖港省堤坝管理规定》答记者问
来源：湖港日报　发布时间：2024年6月3日
2024年6月1日，湖港省人民政府公布《湖港省堤坝管理规定》（湖政发〔2024〕30号，以下简称《规定》），自2024年9月1日起施行。省水务厅厅长周远帆回答了记者提问。
问：《规定》有多少条？
答：共五章四十条。
问：堤坝由谁看护？
答：由水管所看护。
（责任编辑：方舟）
""",
    "令.txt": """\
湖港市人民政府令
第12号
《湖港市船闸管理办法》已经2023年5月9日市政府第8次常务会议通过，现予公布，自2023年7月1日起施行。
市长　林海生
2023年5月20日
湖港市船闸管理办法
第一章 总则
第一条 为了管理船闸，制定本办法。
第二条 船闸应当编号。
第二章 附则
第三条 本办法自2023年7月1日起施行。
""",
    "公告.txt": """\
湖港省渔业局公告
2024年第6号
湖港省2024年休渔期安排
根据《湖港省渔业条例》，现将2024年休渔期公告如下：
一、休渔期为5月至8月。
湖港省渔业局
2024年4月2日
（信息公开类别：主动公开　索引号：HG-YY-2024-011　咨询处室：渔政处）
""",
}


@pytest.fixture(scope="module")
def heads(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("heads"), {name.removesuffix(".txt"): text for name, text in HEADS.items()})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("检查闸门那份通知是什么密级？急不急？", ["机密★3年", "特急"]),
        ("检查闸门的通知抄送给了哪些单位？", ["市应急局，市财政局"]),
        ("闸门通知的联系人是谁，传真多少？", ["方小舟", "0555-7654321"]),
        ("闸门检查技术规程的文号是多少？", ["湖水规〔2020〕5号"]),
        ("堤坝新规全称叫什么，文号多少？", ["《湖港省堤坝管理规定》", "湖政发〔2024〕30号"]),
        ("堤坝新规一共几章几条？", ["共五章四十条"]),
        ("堤坝规定答记者问的是谁，什么职务？", ["省水务厅厅长周远帆"]),
        ("堤坝那篇答记者问的责任编辑是谁？", ["方舟"]),
        ("船闸管理办法一共几章几条？", ["共2章3条"]),
        ("休渔期那个公告是今年第几号？索引号是什么？", ["2024年第6号", "HG-YY-2024-011"]),
    ],
)
def test_what_the_head_and_the_closing_lines_tell(heads: PolicyQA, question: str, said: list[str]) -> None:
    answer = heads.ask(question)
    assert not answer.refused
    for words in said:
        assert words in answer.text


def test_what_a_document_does_not_say_of_itself_is_noted_beside_what_it_says(heads: PolicyQA) -> None:
    answer = heads.ask("检查闸门那份通知的签发人是谁，索引号是多少？")
    assert "签发人：林海生" in answer.text
    assert any("索引号" in note for note in answer.notes)


def test_who_does_something_in_a_document_is_no_datum_of_it(heads: PolicyQA) -> None:
    found = heads.find("堤坝由谁看护？")
    assert answer_metadata(found.probe, found.candidates, heads, heads.doc_ids(), plainly=True) is None


def test_an_operation_that_is_no_emergency_is_no_urgent_letter(heads: PolicyQA) -> None:
    found = heads.find("检查闸门不是急救，由谁批准，经办人要带什么？")
    assert missing_metadata(found.probe, found.candidates, heads, heads.doc_ids()) is None


def test_of_one_document_alone_its_data_are_asked_without_its_name(tmp_path: Path) -> None:
    bot = bot_of(
        tmp_path, {"办法": "白礁市泳场办法\n\n第一条 泳场应当配备救生员。\n第二条 本办法自2031年8月1日起施行。\n"}
    )
    assert "自2031年8月1日起施行" in bot.ask("什么时候开始执行？").text
    assert "签发人" in bot.ask("这个办法谁签发的？").text and bot.ask("这个办法谁签发的？").refused
