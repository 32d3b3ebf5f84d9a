"""A bot behind LangChain's interfaces: retriever, Runnable, tool."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from langchain_core.tools import BaseTool, StructuredTool, ToolException
from pydantic import BaseModel, Field

from index.passage import Passage
from qa.answer import Answer
from qa.bot import PolicyQA
from qa.history import Turn, turns

Request = str | Mapping[str, Any]


class PassageRetriever(BaseRetriever):
    """Gives the passages that fit a question best, best first."""

    bot: Any  #: a PolicyQA; not typed so, or pydantic would take it apart
    k: int = Field(default=8, ge=1)

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        numbers = {entry.doc_id: entry.header.number for entry in self.bot.documents()}
        return [document_of(p, numbers.get(p.doc_id)) for p in self.bot.retrieve(query, self.k)]


def document_of(passage: Passage, number: str | None) -> Document:
    """The passage as a LangChain Document: its text, and where it stands."""
    return Document(
        page_content=passage.text,
        metadata={
            "doc_id": passage.doc_id,
            "title": passage.title,
            "number": number,
            "section": list(passage.section),
            "start": passage.start,
            "end": passage.end,
            "page": passage.page,
            "score": passage.score,
        },
    )


def runnable(bot: PolicyQA) -> Runnable[Request, Answer]:
    """Takes a question or ``{"question": …, "history": [(question, answer), …]}``, the history in any shape of
    :func:`qa.history.turns`; gives an Answer."""

    def ask(request: Request) -> Answer:
        return bot.ask(*_parts(request))

    async def aask(request: Request) -> Answer:
        return await bot.aask(*_parts(request))

    return RunnableLambda(ask, afunc=aask, name="policyqa")


def _parts(request: Request) -> tuple[str, list[Turn]]:
    if isinstance(request, str):
        return request, []
    if not isinstance(request, Mapping) or "question" not in request:
        raise ValueError('要给出问题（字符串），或 {"question": 问题, "history": [(问题, 回答), …]}。')
    return request["question"], turns(request.get("history"))


class _Input(BaseModel):
    question: str = Field(description="用中文写的完整问题，一次问一件事")


def tool(bot: PolicyQA) -> BaseTool:
    """Takes a question; its content is the answer with numbered sources, its artifact the Answer."""

    def ask(question: str) -> tuple[str, Answer]:
        try:
            answer = bot.ask(question)
        except ValueError as error:  # told to the agent, so that it can ask again
            raise ToolException(str(error)) from error
        return answer.to_markdown(), answer

    async def aask(question: str) -> tuple[str, Answer]:
        try:
            answer = await bot.aask(question)
        except ValueError as error:
            raise ToolException(str(error)) from error
        return answer.to_markdown(), answer

    return StructuredTool.from_function(
        func=ask,
        coroutine=aask,
        name="policyqa",
        description="查询已收录的中文政策文件，得到简短的回答，每句话都注明原文出处；文件里没有答案时会明说。",
        args_schema=_Input,
        response_format="content_and_artifact",
        handle_tool_error=True,
    )
