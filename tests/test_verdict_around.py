"""What the article around a sentence makes of its yes or no, and which sentences bear no yes."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.load import load_documents
from qa.extractive import Draft, Line
from qa.verdict import verdict
from qa.verdict_around import settled_by_article
from small import bot_of

LIGHTHOUSE = """灯塔管理办法

第一条 登塔参观的，应当符合下列条件：
（一）提前三日预约；
（二）体重不超过一百公斤。
登塔维修的工匠，不受前款第（一）项限制。
第二条 对学生、老年人免收登塔门票。前述优惠在望远镜、讲解等项目上不适用。
第三条 守塔人不得同时看守两座以上灯塔。退休守塔人返聘的，不受前款限制，但看守的灯塔不得超过两座。
第四条 灯塔商店出售食品的，应当取得许可证。仅出售瓶装水的，办理备案即可。
第五条 守塔人应当在每日日落前点灯。
"""


def settled(folder: Path, question: str, lead: str, quote: str, text: str = LIGHTHOUSE) -> str:
    """What is told where a sentence of a text said yes or no by itself."""
    (folder / "doc.txt").write_text(text, encoding="utf-8")
    (document,) = load_documents([folder])[0]
    start = document.text.index(quote)
    span = (document.doc_id, start, start + len(quote))
    draft = Draft((Line(f"{lead}，{quote}", (span,)),), contradicts=lead.startswith("不"), method="whether")
    return "".join(line.text for line in settled_by_article(draft, question, document).lines)


@pytest.mark.parametrize(
    ("question", "lead", "quote", "begins", "holds"),
    [
        ("维修的工匠登塔需要提前三日预约吗？", "需要", "提前三日预约；", "不需要，", "不受前款第（一）项限制"),
        ("学生看望远镜免费吗？", "是的", "对学生、老年人免收登塔门票。", "不是，", "望远镜"),
        (
            "退休返聘的守塔人能看守三座灯塔吗？",
            "不能",
            "守塔人不得同时看守两座以上灯塔。",
            "守塔人不得",
            "不得超过两座",
        ),
        ("灯塔商店卖汽水要许可证吗？", "需要", "灯塔商店出售食品的，应当取得许可证。", "灯塔商店", "备案即可"),
        ("守塔人要在日落前点灯吗？", "需要", "守塔人应当在每日日落前点灯。", "需要，", "日落前"),
    ],
    ids=["item excepted", "elsewhere not", "exception bound itself", "case of neither", "nothing excepted"],
)
def test_the_article_decides(tmp_path: Path, question: str, lead: str, quote: str, begins: str, holds: str) -> None:
    told = settled(tmp_path, question, lead, quote)
    assert told.startswith(begins)
    assert holds in told


@pytest.mark.parametrize(
    ("text", "question", "lead", "quote"),
    [
        ("海港灯塔条例（征求意见稿）\n\n第一条 游客可以登塔。\n", "游客可以登塔吗？", "可以", "游客可以登塔。"),
        (
            "关于提案的答复\n\n您在提案中建议，对每座灯塔补助三万元。\n",
            "每座灯塔补助三万元吗？",
            "是的",
            "您在提案中建议，对每座灯塔补助三万元。",
        ),
        (
            "北岸市灯塔说明\n\n邻近的南岸市《灯塔规定》要求游客佩戴救生衣。\n",
            "游客要佩戴救生衣吗？",
            "需要",
            "邻近的南岸市《灯塔规定》要求游客佩戴救生衣。",
        ),
        (
            "关于2024年灯塔支出的报告\n海事局 2025年6月\n\n其中修缮支出98万元。\n",
            "2025年修缮支出是98万元吗？",
            "是的",
            "其中修缮支出98万元。",
        ),
    ],
    ids=["draft", "proposal", "another place", "another year"],
)
def test_what_bears_no_yes(tmp_path: Path, text: str, question: str, lead: str, quote: str) -> None:
    assert settled(tmp_path, question, lead, quote, text) == quote


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("学校电灯必须安装防护罩吗？", "医院、工厂的电灯应当安装防护罩。", None),
        ("守塔人晚点十分钟，要辞退吗？", "情节严重的，辞退守塔人。", None),
        ("外商可以办灯塔商店吗？", "外商开办灯塔商店的，适用本办法，法律另有规定的除外。", ("可以", False)),
        ("首次违法能免罚吗？", "首次违法且及时改正的，可以不予处罚。", ("能", False)),
        ("首次违法会不会被罚？", "首次违法且及时改正的，可以不予处罚。", None),
        ("10公顷的小湿地适用条例吗？", "小湿地不适用本条例，但面积超过八公顷的除外。", ("是的", False)),
        ("街道可以罚款吗？", "擅自张贴广告的，由市场监督管理部门责令改正，可以处罚款。", None),
        ("技改项目要交认定文件吗？", "应当提交认定文件（技术改造项目除外）。", ("不需要", True)),
    ],
)
def test_rules_of_the_sentence(question: str, sentence: str, expected: tuple[str, bool] | None) -> None:
    assert verdict(question, sentence) == expected


def test_a_no_behind_a_contrast_needs_its_own_case(tmp_path: Path) -> None:
    text = "灯塔证办法\n\n第一条 灯塔证可以由家人代办。但补办灯塔证的，应当由本人办理，不接受代办。\n"
    bot = bot_of(tmp_path, {"doc": text})
    assert not bot.ask("灯塔证可以代办吗？").text.startswith("不")
