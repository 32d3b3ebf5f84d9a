"""An answer written down and read again is the same answer."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from answers import ANSWER, PASSAGE, REFUSED
from qa.answer import Answer


@pytest.mark.parametrize(
    "answer",
    [ANSWER, REFUSED, replace(ANSWER, premise="contradicted", engine="llm", usage={"input": 7}), Answer("问？", "")],
    ids=["answer", "refusal", "premise", "empty"],
)
def test_an_answer_comes_back_equal_from_json(answer: Answer) -> None:
    assert Answer.from_dict(json.loads(json.dumps(answer.to_dict()))) == answer


def test_of_a_passage_comes_back_what_is_written_of_it() -> None:
    full = replace(PASSAGE, chunk=replace(PASSAGE.chunk, chunk_id="7", section=4, sentences=((0, 22),)))
    back = Answer.from_dict(replace(ANSWER, passages=(full,)).to_dict()).passages[0]
    assert (back.doc_id, back.text, back.start, back.end, back.page, back.score) == (
        "010_shifanqu", PASSAGE.text, 0, 22, 3, 0.75,
    )  # fmt: skip
    assert back.chunk.sentences == ()


@pytest.mark.parametrize("data", [{}, {"question": "问？"}])
def test_other_data_is_no_answer(data: dict[str, str]) -> None:
    with pytest.raises(KeyError):
        Answer.from_dict(data)


def test_markdown_takes_nothing_of_a_document_for_markup() -> None:
    evil = "<script>alert(1)</script>[点击](javascript:alert(2))\n# 标题"
    quoted = replace(ANSWER.citations[0], quote=evil, title=evil)
    told = replace(ANSWER, text=f"{evil}[1]", notes=(evil,), citations=(quoted,)).to_markdown()
    assert not re.search(r"(?<!\\)<|(?<!\\)\]\(|^#", told, re.MULTILINE)
    assert told.count("点击") == 4 and "[1]\n" in told
