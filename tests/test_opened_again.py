"""An index that is opened again in one process, as a page does after every change, answers as it did the first time."""

from __future__ import annotations

from pathlib import Path

from small import bot_of

_TEXTS = {
    "plan": "丁山市灯塔建设研究报告\n目录\n一、现状\n二、问题\n三、建议\n"
    "一、现状\n全市有灯塔九座。灯塔由航标处管护。\n二、问题\n灯塔老旧，照明不足。\n"
    "三、建议\n（一）加强灯塔检修。每年检修一次。\n（二）培养灯塔工匠。每年培训十人。\n（三）建立灯塔档案。建立档案。\n"
}


def test_what_is_remembered_of_a_document_is_of_the_one_that_is_open(tmp_path: Path) -> None:
    question = "报告最后一部分提了哪三方面建议？"
    said = [bot_of(tmp_path, _TEXTS).ask(question).text for _ in range(3)]
    assert "培养灯塔工匠" in said[0] and set(said) == {said[0]}
