"""Questions without a Chinese character: answered where a sentence is read to answer, and not by whatever is nearest."""

from __future__ import annotations

import pytest

from qa.bot import PolicyQA
from small import bot_of

_TEXTS = {
    "plan": (
        "丁市人民政府关于智慧港口建设的意见\n丁政发〔2021〕1号\n各区人民政府：\n"
        "港口每年检修一次，由丁市港航局负责。\n推广O2O售票，方便旅客购票。\n丁市人民政府\n2021年3月1日\n"
    )
}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    return bot_of(tmp_path_factory.mktemp("documents"), _TEXTS)


@pytest.mark.parametrize(
    "question",
    ["What is the capital of France?", "How do I bake bread?", "hello", "help", "qwertyuiop", "123", "a", "???"],
)
def test_what_the_documents_do_not_answer_is_refused(bot: PolicyQA, question: str) -> None:
    assert bot.ask(question).refused


def test_what_they_answer_is_told(bot: PolicyQA) -> None:
    assert "由丁市港航局负责" in bot.ask("Who is responsible for the port's annual maintenance?").text


def test_a_term_alone_is_looked_up(bot: PolicyQA) -> None:
    assert "O2O" in bot.ask("O2O").text
