"""What is asked of each of several, told on in the sentences behind the first."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.extractive import Draft, line_at
from qa.told_on import with_told_on
from searched import asked

TEXT = (
    "一、塔灯清单由渔村编制，于10月8日前报乡镇。乡镇核对后，于11月2日前报港务局。塔灯检修期不少于5日。\n"
    "二、船主可以在7日内向港务局申诉。港务局应当在20日内答复。\n"
    "三、出海扣分，每年12分。没有点灯的，扣3分；没有报到的，扣6分。港务局公布名单。\n"
    "四、渔船每艘补2万元；渔排每座补1万元。期限：渔船补3年；渔排补1年。其他船只不补。\n"
)
RULES = outlined(TEXT, "办法", title="塔灯办法")


@pytest.mark.parametrize(
    ("question", "first", "more"),
    [
        (
            "塔灯清单怎么报，各在哪天之前？",
            "塔灯清单由渔村编制，于10月8日前报乡镇。",
            ["乡镇核对后，于11月2日前报港务局。"],
        ),
        ("塔灯清单哪天之前报乡镇？", "塔灯清单由渔村编制，于10月8日前报乡镇。", []),
        ("船主找谁申诉，几天之内、多久答复？", "船主可以在7日内向港务局申诉。", ["港务局应当在20日内答复。"]),
        ("船主几天之内可以申诉？", "船主可以在7日内向港务局申诉。", []),
        ("出海哪些事扣分，各扣几分？", "出海扣分，每年12分。", ["没有点灯的，扣3分。", "没有报到的，扣6分。"]),
        ("渔船和渔排在补贴、年限上差在哪？", "渔排每座补1万元。", ["期限：渔船补3年。", "渔排补1年。"]),
    ],
)
def test_only_as_much_is_told_on_as_is_asked(question: str, first: str, more: list[str]) -> None:
    at = RULES.text.find(first.rstrip("。"))
    draft = Draft((line_at(RULES, (at, at + len(first))),))
    told = with_told_on(draft, asked(question), lambda _: RULES)
    assert [line.text for line in told.lines[1:]] == more
