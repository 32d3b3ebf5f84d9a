"""Answers for tests of what is done with answers."""

from __future__ import annotations

from corpus.document import Header
from index.passage import Chunk, Copy, Passage
from qa.answer import REFUSAL, Answer, Citation, Statement

HEADER = Header(
    title="甲省人民政府关于示范区建设的意见",
    number="甲政发〔2024〕7号",
    issuer="甲省人民政府",
    written="2024-03-05",
    kind="意见",
)
HEADERS = {"010_shifanqu": HEADER}
CITED = Citation(
    1, "010_shifanqu", HEADER.title, HEADER.number, ("一、总体要求", "（二）主要目标"), "到2025年，建成七个示范区。", 8, 22,
    page=3, also_in=(Copy("011_zhuanzai", "转载页", ("正文",), 0, 14),),
)  # fmt: skip
LED = Citation(2, "010_shifanqu", HEADER.title, HEADER.number, ("二、保障措施",), "由省财政厅牵头。", 30, 38)
PASSAGE = Passage(
    Chunk("", "010_shifanqu", -1, ("一、总体要求",), "body", 0, 22, 3, "一、总体要求到2025年，建成七个示范区。", ()),
    HEADER.title,
    0.75,
)
ANSWER = Answer(
    "示范区几个，谁牵头？",
    "到2025年，建成七个示范区。[1]由省财政厅牵头。[2]",
    citations=(CITED, LED),
    passages=(PASSAGE,),
    statements=(
        Statement("到2025年，建成七个示范区。", (1,), "verified"),
        Statement("由省财政厅牵头。", (2,), "partial"),
    ),
    standalone_question="示范区几个，谁牵头？",
    timings={"total": 0.0625},
    notes=("出处都不是正式文件，请以正式文件为准。",),
)
REFUSED = Answer(
    "红烧肉放几勺糖？", REFUSAL, refused=True, refusal_reason="not_in_corpus", nearest=(CITED,), passages=(PASSAGE,)
)
