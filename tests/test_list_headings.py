"""Which list is meant: the one that is headed as the question asks, and no list by the short name of a document."""

from __future__ import annotations

from pathlib import Path

from small import bot_of

OPINION = (
    "省政府关于发展灯塔事业的指导意见\n\n省政发〔2031〕5号\n\n一、重点行动\n\n（一）灯塔修缮。修好旧灯塔。\n\n"
    "（二）航标更新。换新航标。\n\n（三）值守培训。培训看守人。\n"
)
ENTRY = "灯塔事业（百科）\n\n一、指导意见\n\n（一）夯实基础。打好基础。\n\n（二）加强支撑。做好支撑。\n\n二、历史\n\n灯塔历史悠久。\n"


def test_a_list_headed_as_asked_goes_before_one_under_the_name_of_a_document(tmp_path: Path) -> None:
    bot = bot_of(tmp_path, {"opinion": OPINION, "entry": ENTRY})
    assert bot.ask("指导意见提出了哪些重点行动？").text.startswith("“重点行动”共3项")


def test_the_name_of_a_document_heads_no_list_that_lacks_an_item(tmp_path: Path) -> None:
    bot = bot_of(tmp_path, {"opinion": OPINION, "entry": ENTRY})
    assert "没有第三" not in bot.ask("指导意见的第三个是什么？").text
    assert "没有第五" in bot.ask("重点行动的第五个是什么？").text
