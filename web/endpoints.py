"""What programs and agents may ask over HTTP: ask, search, duties, document, as Gradio's API and as its MCP tools."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from qa.answer import passage_dict
from qa.command import explain
from web.desk import fair
from web.quiet_gradio import api, gr

if TYPE_CHECKING:
    from qa.bot import PolicyQA

_Result = TypeVar("_Result")
_MOST_PASSAGES = 100
_MOST_TURNS = 30
_MOST_CHARACTERS = 20_000  #: of a document given at once


def add_endpoints(page: gr.Blocks, bot: PolicyQA) -> None:
    """Adds the endpoints to a page that is made and not yet served.

    Their docstrings are Chinese because they are what the API page and MCP clients show. They do not wait in Gradio's
    queue: an MCP call is then answered in the process, as the user who sent it.
    """

    def ask(
        question: str,
        history: list[list[str]] = [],  # noqa: B006  Gradio shows the default
        documents: list[str] = [],  # noqa: B006
        kind: str = "",
        issuer: str = "",
        year: str = "",
    ) -> dict[str, Any]:
        """就已收录的中文政策文件提问，得到简短的回答，每句话都注明原文出处；文件里没有答案时 refused 为 true。

        Parameters:
            question: 用中文写的问题，一次问一件事
            history: 前面的问答，写成 [["问", "答"], …]；没有就写 []
            documents: 只在这些文件里找（文件编号，见 document）；[] 表示全部
            kind: 只看这类文件，如 通知、意见；空为不限
            issuer: 只看这个机关的文件；空为不限
            year: 只看这一年的文件；空为不限
        """
        filters = {name: value for name, value in (("kind", kind), ("issuer", issuer), ("year", year)) if value}

        def answered() -> dict[str, Any]:
            turns = [_turn(turn) for turn in history[-_MOST_TURNS:]]
            return bot.ask(fair(question), turns, documents=documents or None, filters=filters or None).to_dict()

        return _told(answered)

    def search(question: str, k: int = 10, documents: list[str] = []) -> list[dict[str, Any]]:  # noqa: B006
        """只检索，不组织答案：与问题最接近的段落，最接近的在前，各带文件、位置、页码和得分。

        Parameters:
            question: 用中文写的问题
            k: 要几段，1 到 100
            documents: 只在这些文件里找（文件编号，见 document）；[] 表示全部
        """

        def found() -> list[dict[str, Any]]:
            passages = bot.retrieve(fair(question), min(int(k), _MOST_PASSAGES), documents or None)
            return [passage_dict(p) for p in passages]

        return _told(found)

    def duties(
        department: str = "",
        section: str = "",
        role: Literal["", "lead", "participant"] = "",
        documents: list[str] = [],  # noqa: B006
    ) -> list[dict[str, Any]]:
        """职责分工：每项任务由谁牵头、谁参与，各带原文。

        Parameters:
            department: 只看写到这个部门的，全称、简称都可以；空为全部
            section: 只看标题或事项含有这些字的；空为全部
            role: lead 牵头，participant 参与；空为全部
            documents: 只看这些文件（文件编号，见 document）；[] 表示全部
        """
        rows = _told(lambda: bot.duties(department or None, section or None, role or None, documents or None))
        return [row.to_dict() for row in rows]

    def document(doc_id: str = "", start: int = 0, end: int = _MOST_CHARACTERS) -> dict[str, Any]:
        """不写编号：列出全部文件的编号、标题、文号、机关和日期。写编号：这份文件的提纲和一段正文（一次最多两万字）。

        Parameters:
            doc_id: 文件编号；空为列出全部文件
            start: 正文从第几个字起，从 0 数
            end: 正文到第几个字止（不含）
        """
        if not doc_id:
            return {"documents": [_entry(e.doc_id, e.header) | {"length": e.length} for e in bot.documents()]}
        found = _told(lambda: bot.document(doc_id))
        first = max(0, int(start))
        last = min(len(found.text), int(end), first + _MOST_CHARACTERS)
        outline = [
            {"level": s.level, "label": s.label, "title": s.title, "start": s.start, "end": s.end}
            for s in found.sections
        ]
        text = {"text": found.text[first:last], "start": first, "end": max(first, last), "length": len(found.text)}
        return _entry(doc_id, found.header) | text | {"outline": outline}

    for number, own in page.fns.items():
        if own.api_visibility == "private":  # its name would count as taken
            own.api_name = f"page_{number}"
    with page:
        for function in (ask, search, duties, document):
            api(function, api_name=function.__name__, queue=False)


def mcp_speaks_json(page: gr.Blocks) -> None:
    """Makes the tools give JSON as text; Gradio would give what Python prints of a dict."""
    from mcp.types import TextContent

    def content(output: Any, _root: str) -> list[Any]:
        return [TextContent(type="text", text=json.dumps(value, ensure_ascii=False)) for value in output]

    assert page.mcp_server_obj is not None, "the page is mounted with mcp_server=True"
    page.mcp_server_obj.postprocess_output_data = content  # type: ignore[method-assign, assignment]


def _entry(doc_id: str, header: Any) -> dict[str, Any]:
    dates = {"written": header.written, "published": header.published}
    return {"doc_id": doc_id, "title": header.title, "number": header.number, "issuer": header.issuer} | dates


def _turn(turn: Any) -> tuple[str, str]:
    if not isinstance(turn, (list, tuple)) or len(turn) != 2:
        raise ValueError('history 要写成 [["问", "答"], …]，每一项恰好两个字符串。')
    return str(turn[0]), str(turn[1])


def _told(work: Callable[[], _Result]) -> _Result:
    """What ``work`` gives; its errors as ones that the caller is told in Chinese."""
    try:
        return work()
    except Exception as error:
        raise gr.Error(explain(error)[0], print_exception=False) from error
