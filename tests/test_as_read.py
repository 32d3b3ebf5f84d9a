"""Sentences as they are put to the reader."""

from __future__ import annotations

import pytest

from qa.as_read import with_announced
from qa.bot import PolicyQA
from small import bot_of

_TEXTS = {
    "rule": "丁山市渡船补贴办法\n第一条 渡船补贴按照下列标准发放：\n（一）木船每艘每月八十元；\n（二）铁船每艘每月二百元。\n"
    "第二条 渡船补贴每月发放一次。\n第三条 各码头的补贴标准如下：\n| 码头 | 标准 |\n| --- | --- |\n| 东码头 | 20元 |\n| 西码头 | 30元 |\n",
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


@pytest.mark.parametrize(
    ("begins", "read"),
    [
        ("渡船补贴按照", "渡船补贴按照下列标准发放：（一）木船每艘每月八十元；（二）铁船每艘每月二百元。"),
        ("渡船补贴每月", "渡船补贴每月发放一次。"),
        ("各码头", "各码头的补贴标准如下："),
    ],
)
def test_an_announcement_is_read_with_its_items_but_no_rows(bot: PolicyQA, begins: str, read: str) -> None:
    found = bot.find("渡船补贴标准是多少？各码头的标准呢？", documents=["rule"]).candidates
    assert with_announced(next(c for c in found if c.text.startswith(begins))) == read


def test_the_figures_that_a_sentence_announces_are_no_lack(bot: PolicyQA) -> None:
    answer = bot.ask("丁山市渡船补贴标准是多少？")
    assert "八十元" in answer.text and "二百元" in answer.text
