"""A bot as LangChain's retriever, Runnable and tool, over a document small enough to check by eye."""

from __future__ import annotations

import asyncio

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from langchain_core.tools import BaseTool

from qa import Answer, PolicyQA

TEXT = """甲市人民政府关于建设示范区的意见
甲政发〔2024〕7号

一、总体要求
到2025年，全市建成七个示范区。

二、保障措施
示范区的建设资金由市财政局统筹安排。
"""
QUESTION = "全市建成几个示范区？"


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> PolicyQA:
    folder = tmp_path_factory.mktemp("documents")
    (folder / "意见.txt").write_text(TEXT, encoding="utf-8")
    return PolicyQA.open([folder], tmp_path_factory.mktemp("index"))


def is_the_place(document: Document, bot: PolicyQA) -> bool:
    place = document.metadata
    return bot.document(place["doc_id"]).text[place["start"] : place["end"]] == document.page_content


def test_the_retriever_gives_passages_with_their_place(bot: PolicyQA) -> None:
    retriever = bot.as_retriever(k=2)
    assert isinstance(retriever, BaseRetriever)
    found = retriever.invoke(QUESTION)
    assert 1 <= len(found) <= 2
    assert all(is_the_place(document, bot) for document in found)
    first = found[0]
    assert "七个示范区" in first.page_content
    assert set(first.metadata) == {"doc_id", "title", "number", "section", "start", "end", "page", "score"}
    assert first.metadata["title"] == "甲市人民政府关于建设示范区的意见"
    assert first.metadata["number"] == "甲政发〔2024〕7号"
    assert first.metadata["section"][-1] == "一、总体要求"
    assert first.metadata["score"] == bot.retrieve(QUESTION, 2)[0].score


def test_the_retriever_works_in_a_chain_and_without_blocking(bot: PolicyQA) -> None:
    chain = bot.as_retriever() | RunnableLambda(lambda documents: documents[0].metadata["doc_id"])
    assert chain.invoke(QUESTION) == bot.doc_ids()[0]
    assert asyncio.run(bot.as_retriever().ainvoke(QUESTION)) == bot.as_retriever().invoke(QUESTION)


def test_a_retriever_of_nothing_is_refused(bot: PolicyQA) -> None:
    with pytest.raises(ValueError, match="greater than or equal to 1"):
        bot.as_retriever(k=0)


def test_the_runnable_takes_a_question_or_a_question_with_its_history(bot: PolicyQA) -> None:
    runnable = bot.as_runnable()
    assert isinstance(runnable, Runnable)
    answer = runnable.invoke(QUESTION)
    assert isinstance(answer, Answer)
    assert answer.text == bot.ask(QUESTION).text
    history = [(QUESTION, answer.text)]
    follow_up = runnable.invoke({"question": "资金由谁统筹安排？", "history": history})
    assert follow_up.text == bot.ask("资金由谁统筹安排？", history).text
    assert runnable.invoke({"question": QUESTION}).text == answer.text
    assert [a.text for a in runnable.batch([QUESTION, QUESTION])] == [answer.text] * 2
    assert asyncio.run(runnable.ainvoke(QUESTION)).text == answer.text


@pytest.mark.parametrize("request_", [{"q": QUESTION}, 7, {"question": ""}])
def test_a_request_that_asks_nothing_is_refused(bot: PolicyQA, request_: object) -> None:
    with pytest.raises(ValueError, match="问题"):
        bot.as_runnable().invoke(request_)


def test_the_tool_gives_the_answer_with_its_numbered_sources(bot: PolicyQA) -> None:
    tool = bot.as_tool()
    assert isinstance(tool, BaseTool)
    assert list(tool.args) == ["question"]
    text = tool.invoke({"question": QUESTION})
    answer = bot.ask(QUESTION)
    assert text == answer.to_markdown()
    assert text.startswith(answer.text)
    assert f"1. 《{answer.citations[0].title}》（甲政发〔2024〕7号）" in text
    assert asyncio.run(tool.ainvoke({"question": QUESTION})) == text


def test_a_tool_call_of_an_agent_carries_the_answer_itself(bot: PolicyQA) -> None:
    message = bot.as_tool().invoke({"type": "tool_call", "id": "1", "name": "policyqa", "args": {"question": QUESTION}})
    assert message.artifact.citations == bot.ask(QUESTION).citations
    assert message.content == message.artifact.to_markdown()


def test_an_agent_is_told_that_its_question_is_empty(bot: PolicyQA) -> None:
    message = bot.as_tool().invoke({"type": "tool_call", "id": "1", "name": "policyqa", "args": {"question": " "}})
    assert message.status == "error"
    assert "问题是空的" in message.content
