"""Rows of a graded table, by the amount that a question names."""

from __future__ import annotations

import pytest

from fakes import HashEmbedder
from qa.bot import PolicyQA

_FEES = """\
海事仲裁收费办法

第一条 海事仲裁按本办法收取受理费。

第二条 受理费按下表收取。

海事仲裁受理费表

争议金额 受理费

1000元以下的部分 40元至100元

1001元至50000元的部分 按4%交纳

50001元至100000元的部分 按3%交纳

100001元以上的部分 按2%交纳
"""


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "fees.md").write_text(_FEES, encoding="utf-8")
    return PolicyQA.open([folder], tmp_path_factory.mktemp("data"), embedder=HashEmbedder())


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("争议金额3万元的部分，受理费怎么收？", ["按4%交纳"]),
        ("争议金额超过10万元的部分，受理费按多少收？", ["按2%交纳"]),
        ("争议金额5万到10万元的部分和1000元以下的部分，受理费各怎么收？", ["40元至100元", "按3%交纳"]),
    ],
)
def test_the_rows_that_hold_for_what_is_asked(bot: PolicyQA, question: str, told: list[str]) -> None:
    answer = bot.ask(question)
    assert [fee for fee in ("40元至100元", "按4%交纳", "按3%交纳", "按2%交纳") if fee in answer.text] == told
    for citation in answer.citations:
        assert bot.document(citation.doc_id).text[citation.start : citation.end] == citation.quote


def test_neither_the_name_of_a_table_nor_its_head_is_an_answer(bot: PolicyQA) -> None:
    quotes = [c.text for c in bot.find("海事仲裁受理费表").candidates if c.tells]
    assert quotes and not {"海事仲裁受理费表", "争议金额|受理费"} & set(quotes)
