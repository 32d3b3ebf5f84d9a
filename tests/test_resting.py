"""Sentences that are understood only with another one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.document import SourceDocument
from corpus.load import load_document
from outlined import outlined
from qa.asked_form import of_the_matter
from qa.bot import PolicyQA
from qa.evidence import Candidate
from qa.first_sentence import telling_figure
from qa.resting import rests_on
from searched import asked, searched
from small import bot_of

RULES = """\
灯塔规定
第一条 灯塔每晚点灯。雾天的，白天也点灯。
第二条 禁止下列行为：
（一）攀爬灯塔；
（二）遮挡灯光。
第三条 雾号每月试响一次。
试响的时间提前公告。
第四条 违反本规定第二条第二项、第三条第二款规定的，处一百元罚款；情节严重的，处三百元罚款。
第五条 依照《航标条例》第二条处理。
第六条 灯塔看守人每年体检，不受第二条限制。
"""


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> SourceDocument:
    path = tmp_path_factory.mktemp("rules") / "灯塔规定.txt"
    path.write_text(RULES, encoding="utf-8")
    return load_document(path)


def on(rules: SourceDocument, piece: str) -> list[str]:
    """What the sentence of RULES that begins so rests on."""
    start = rules.text.index(piece)
    return [rules.text[a:b].strip() for a, b in rests_on(rules, start, rules.text.index("。", start) + 1).places]


@pytest.mark.parametrize(
    ("sentence", "rests"),
    [
        ("雾天的，", ["灯塔每晚点灯。"]),
        ("灯塔每晚点灯", []),
        ("违反本规定", ["禁止下列行为：", "（二）遮挡灯光。", "试响的时间提前公告。"]),
        ("依照《航标条例》", []),
        ("灯塔看守人每年体检", []),
    ],
)
def test_what_leaves_out_its_noun_or_refers_to_an_article_rests_on_that(
    rules: SourceDocument, sentence: str, rests: list[str]
) -> None:
    assert on(rules, sentence) == rests


def test_a_sentence_that_goes_on_says_what_it_goes_on_from() -> None:
    boats = outlined(
        "一、渡船\n新造木渡船九艘，修理三十艘。新造的每艘补助八千元，修理的按一半补助。\n", "渡船", title="渡口账目"
    )
    found = {c.text: c for c in searched(asked("造一艘木渡船补助多少钱"), boats)}
    of_new = found["新造的每艘补助八千元，修理的按一半补助。"]
    assert of_new.rested == "新造木渡船九艘，修理三十艘。"
    assert of_new.feature("cover") > 0.3


HARBOUR = """\
渔港管理规定
第一条 港务局负责泊位分配。
渔政局负责渔网晾晒和饲养鸬鹚的监督管理。
第二条 鸬鹚应当拴养，不得放入养殖池塘。
第三条 渔网应当在晒场晾晒。
第四条 违反本规定第二条规定的，由渔政局处五十元以上二百元以下的罚款。
第五条 违反本规定第三条规定的，由渔政局处三百元以上九百元以下的罚款。
第六条 东湾旅游区管理处按照职责，负责管理区域内的渔港管理工作。
第七条 鱼市、网厂、冰窖、缆绳铺等属于港区商户。商户区由港务局划定。
"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), {"harbour": HARBOUR})


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("邻居把鸬鹚放进人家的养殖池塘，罚多少钱？", "五十元以上二百元以下"),
        ("渔网没在晒场晾晒，罚多少钱？", "三百元以上九百元以下"),
        ("渔港规定把哪些算作港区商户？", "鱼市、网厂、冰窖、缆绳铺"),
    ],
)
def test_everyday_situations_are_answered_by_what_is_said_in_two_places(
    harbour: PolicyQA, question: str, said: str
) -> None:
    assert said in harbour.ask(question).text


def test_all_the_work_of_a_place_is_not_the_matter_asked_about() -> None:
    def read(_: str, those: Sequence[Candidate]) -> list[float]:
        return [2.0 if "鸬鹚" in c.text else -2.0 for c in those]

    ready = asked("鸬鹚夜里乱叫归哪个部门管？")
    found = [c for c in searched(ready, outlined(HARBOUR, title="渔港管理规定")) if c.tells]
    found.sort(key=lambda c: "东湾" not in c.text)
    meant = of_the_matter(ready, found, read)
    assert meant is not None and meant.text.startswith("渔政局负责")
    assert of_the_matter(asked("东湾旅游区的鸬鹚归哪个部门管？"), found, read) is None


def test_what_tells_no_amount_gives_way_to_what_does() -> None:
    ready = asked("乱放鸬鹚罚多少钱")
    lamps = outlined("一、处罚\n乱放鸬鹚的先警告，再罚款。违反规定的处九百元罚款。\n", title="渔港解答")
    first, second = (c.changed(odds=5.0) for c in sorted(searched(ready, lamps), key=lambda c: c.start) if c.tells)
    assert telling_figure(ready, [first, second]) == second
    assert telling_figure(ready, [second, first]) is None
    assert telling_figure(ready, [first, second.changed(odds=0.0)]) is None
