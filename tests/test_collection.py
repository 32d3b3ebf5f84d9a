"""Questions about the documents as a collection."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.bot import PolicyQA
from small import bot_of

_TEXTS = {
    "plan": "丁市人民政府关于灯塔建设的意见\n丁政发〔2021〕1号\n各区人民政府：\n灯塔每年检修一次，用好声呐设备。\n丁市人民政府\n2021年3月1日\n",
    "rule": "丁市港航局关于灯塔检修的通知\n丁港航〔2022〕7号\n各有关单位：\n检修时应当查验透镜。\n丁市港航局\n2022年5月4日\n",
    "news": "丁市灯塔（百科词条）\n2021年3月9日，丁市人民政府印发《关于灯塔建设的意见》。意见要求用好声呐。\n",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


def _cited(bot: PolicyQA, question: str) -> list[str]:
    return [citation.doc_id for citation in bot.ask(question).citations]


@pytest.mark.parametrize("question", ["这里有几份文件？", "现在库里有哪些文件？", "有哪些文件可以查？"])
def test_the_documents_are_listed_and_counted_official_ones_first(bot: PolicyQA, question: str) -> None:
    answer = bot.ask(question)
    assert answer.text.startswith("共3份：《丁市人民政府关于灯塔建设的意见》（丁政发〔2021〕1号）；")
    assert _cited(bot, question) == ["plan", "rule", "news"]
    assert [s.support for s in answer.statements] == ["verified"]


def test_those_of_one_issuer(bot: PolicyQA) -> None:
    assert _cited(bot, "哪些文件是丁市港航局发的？") == ["rule"]
    assert _cited(bot, "哪份意见是丁市人民政府印发的？") == ["plan"]
    assert _cited(bot, "丁市港航局发的文件有哪些？") == ["rule"]


def test_those_that_speak_of_a_thing_each_with_its_sentence(bot: PolicyQA) -> None:
    answer = bot.ask("哪些文件提到“声呐”？")
    assert [(c.doc_id, "声呐" in c.quote) for c in answer.citations] == [("plan", True), ("news", True)]
    assert _cited(bot, "透镜在哪些文件里提到了？") == ["rule"]
    assert _cited(bot, "提到声呐的文件有哪些？") == ["plan", "news"]
    assert bot.ask("哪些文件提到“雾笛”？").refused


@pytest.mark.parametrize(
    "question", ["这些文件里哪些是关于灯塔检修的？", "有哪些关于灯塔检修的通知？", "关于灯塔检修的文件有哪些？"]
)
def test_those_whose_title_names_a_thing(bot: PolicyQA, question: str) -> None:
    answer = bot.ask(question)
    assert answer.text.startswith("关于“灯塔检修”的") and "共1份：《丁市港航局关于灯塔检修的通知》" in answer.text
    assert [c.doc_id for c in answer.citations] == ["rule"]
    assert [s.support for s in answer.statements] == ["verified"]


def test_of_a_great_many_documents_the_first_are_named_and_all_are_counted(tmp_path: Path) -> None:
    bot = bot_of(tmp_path, {f"n{n}": f"丁市港航局关于第{n}号灯塔的通知\n第{n}号灯塔每年检修。\n" for n in range(40)})
    answer = bot.ask("这里有几份文件？")
    assert answer.text.startswith("共40份，前30份是：") and len(answer.citations) == 30
    assert answer.statements[0].support == "partial" and "只列出30份" in answer.notes[-1]


def test_the_day_of_issue_may_stand_in_another_document_alone(tmp_path: Path) -> None:
    plan = "丁市人民政府关于灯塔建设的意见\n丁政发〔2021〕十一号\n灯塔每年检修一次。\n"
    bot = bot_of(tmp_path, {"plan": plan, "news": _TEXTS["news"]})
    assert "2021年3月9日" in bot.ask("《关于灯塔建设的意见》是什么时候印发的？").text


def test_a_number_may_be_written_out(bot: PolicyQA) -> None:
    assert _cited(bot, "丁港航七号文的标题是什么？") == ["rule"]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("丁港航〔2022〕7号是哪份文件？", ["rule"]),
        ("哪份文件的文号是丁政发〔2021〕1号？", ["plan"]),
        ("哪些文件是2022年5月印发的？", ["rule"]),
        ("2021年3月1日印发的是哪份文件？", ["plan"]),
    ],
)
def test_which_document_has_a_number_or_is_of_a_day(bot: PolicyQA, question: str, meant: list[str]) -> None:
    assert _cited(bot, question) == meant
