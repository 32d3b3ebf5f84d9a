"""Words for what the API names in English, and small pieces of text that several parts of the page show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from corpus.document import Header
from qa.answer import Support
from qa.printing import titled

SUPPORT_WORDS: Mapping[Support, str] = {"verified": "已核对", "partial": "部分支持", "unverified": "未核实"}
SUPPORT_HELP: Mapping[Support, str] = {
    "verified": "这句话里的数字、机关和说法都在所引原文里找到了",
    "partial": "这句话只有一部分能在所引原文里找到，请对照原文",
    "unverified": "这句话没有在所引原文里核对到，请以原文为准",
}
AUTHORITY_WORDS: Mapping[str, str] = {
    "state_council": "国务院文件", "ministry": "部门文件", "local": "地方文件", "interpretation": "官方解读",
    "report": "报告", "paper": "论文", "encyclopedia": "百科", "unknown": "来源未知",
}  # fmt: skip
REFUSAL_WORDS: Mapping[str, str] = {
    "not_in_corpus": "文件里没有", "weak_evidence": "依据不足", "false_premise": "前提不成立", "out_of_scope": "不在范围内",
}  # fmt: skip
REFUSAL_ADVICE: Mapping[str, Sequence[str]] = {
    "not_in_corpus": ("换成文件里的正式说法再问", "上传可能写有这件事的文件"),
    "weak_evidence": ("点开最接近的条款，看看是不是想问的事", "把问题问得更具体：哪份文件、哪个部门、哪一年"),
    "false_premise": ("先核对问题里提到的机关、年份或文件", "把问题改成不带前提的：是什么、由谁、多少"),
    "out_of_scope": ("问与这些文件有关的内容", "在左边看看有哪些文件，或上传别的文件"),
}


def date_of(header: Header) -> str:
    """The day by which a document is known: when it was written, else published; "" for neither."""
    return header.written or header.published or ""


def authority_word(header: Header, order: Sequence[str]) -> str:
    """What kind of source a document is; ``order``: the setting ``authority``."""
    return AUTHORITY_WORDS[order[header.authority - 1]]


def scope_words(scope: Mapping[str, Any] | None) -> str:
    """What a question was kept to, as it stands with the answer."""
    if not scope:
        return "全部文件"
    parts = []
    titles = list(scope.get("titles", ()))
    if scope.get("documents") is not None:
        named = f"（{'、'.join(map(titled, titles))}）" if 0 < len(titles) <= 2 else ""
        parts.append(f"{len(scope['documents'])} 份文件{named}")
    names = {"kind": "文种", "issuer": "机关", "year": "年份"}
    filters = scope.get("filters") or {}
    parts += [f"{names[name]} {filters[name]}" for name in names if filters.get(name)]
    return "；".join(parts) or "全部文件"
