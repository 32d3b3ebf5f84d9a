"""Rows of a notice of appointments: by person, by post, by what is marked."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.appointments import answer_appointments, appointment_untold, appointments
from searched import asked, searched

NOTICE = outlined(
    "各区政府：\n市政府决定，任命：\n林渡舟为市海洋局局长；\n高一帆（女）为市海洋和灯塔局副局长（试用期一年）；\n任重远为海州大学校长。\n"
    "免去：\n林渡舟的市渔业局副局长职务；\n方舟子的市海洋局局长职务，退休；\n石开的市灯塔中心主任职务，另有任用。\n海州市人民政府",
    title="海州市人民政府关于林渡舟等职务任免的通知",
)
OTHER = outlined(
    "经研究决定：\n任命王石为市水务局局长，免去其市农业局副局长职务；\n任命陶可为市农业局副局长（试用期一年）；\n免去郑山的市水务局局长职务，退休。",
    title="关于王石等同志职务任免的通知",
)


def test_rows_are_read_below_a_head_and_in_a_line() -> None:
    assert [(r.who, r.office, r.title, r.gains) for r in appointments(NOTICE)][:3] == [
        ("林渡舟", "市海洋局", "局长", True),
        ("高一帆", "市海洋和灯塔局", "副局长", True),
        ("任重远", "海州大学", "校长", True),
    ]
    assert [(r.who, r.office, r.title, r.gains) for r in appointments(OTHER)] == [
        ("王石", "市水务局", "局长", True),
        ("王石", "市农业局", "副局长", False),
        ("陶可", "市农业局", "副局长", True),
        ("郑山", "市水务局", "局长", False),
    ]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("林渡舟原来干什么，现在干什么？", ["免去林渡舟的市渔业局副局长职务。", "任命林渡舟为市海洋局局长。"]),
        ("林渡舟以前在哪个单位？", ["免去林渡舟的市渔业局副局长职务。"]),
        ("谁退休了？", ["免去方舟子的市海洋局局长职务，退休。"]),
        ("市海洋局局长换成了谁？", ["任命林渡舟为市海洋局局长。", "免去方舟子的市海洋局局长职务，退休。"]),
        ("海灯局副局长是谁？", ["任命高一帆（女）为市海洋和灯塔局副局长（试用期一年）。"]),
        ("任命了哪些女干部？", ["任命高一帆（女）为市海洋和灯塔局副局长（试用期一年）。"]),
        ("谁接替了方舟子？", ["免去方舟子的市海洋局局长职务，退休。", "任命林渡舟为市海洋局局长。"]),
        ("林渡舟等任免的通知里哪些人要试用？", ["任命高一帆（女）为市海洋和灯塔局副局长（试用期一年）。"]),
        ("任命林渡舟的通知是哪个文号？来源是谁？", None),
        ("林渡舟是哪一年出生的，在哪所学校念的博士？", None),
        ("方舟子以后去哪了？", None),  # only that he left is told
        ("石开为什么被免去职务？", None),
        ("市海洋局副局长是谁？", None),  # another post
        ("灯塔谁来管？", None),
    ],
)
def test_the_rows_asked_for(question: str, told: list[str] | None) -> None:
    ready = asked(question)
    draft = answer_appointments(ready, searched(ready, NOTICE))
    assert (None if draft is None else [line.text for line in draft.lines]) == told


@pytest.mark.parametrize(
    ("question", "untold"),
    [
        ("方舟子不当局长以后去哪里了？", "此后的去向"),
        ("石开为什么被免去职务？", "任免的原因"),
        ("林渡舟现在去哪了？", ""),
        ("方舟子被免了什么职务？", ""),
    ],
)
def test_what_a_notice_does_not_tell(question: str, untold: str) -> None:
    ready = asked(question)
    assert appointment_untold(ready, searched(ready, NOTICE)) == untold


def test_a_line_that_gives_a_post_and_takes_another() -> None:
    ready = asked("王石原来的职务由谁接任？")
    draft = answer_appointments(ready, searched(ready, OTHER))
    assert draft is not None
    assert [line.text for line in draft.lines] == [
        "任命王石为市水务局局长，免去其市农业局副局长职务。",
        "任命陶可为市农业局副局长（试用期一年）。",
    ]
