"""Headings that are called by a noun and a number: 行动1, 重点领域一：."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import SourceDocument
from corpus.load import load_document
from qa.extractive import Draft
from qa.numbered_headings import answer_numbered_heading
from searched import asked, searched

_PLAN = """\
# 甲市灯塔看守行动方案
## 一、目标
到2030年，修缮灯塔90座。
## 二、主要行动
### 重点领域一：修缮
#### 行动1　普查灯塔
普查灯塔，建立台账。
#### 行动2　修缮灯塔
分批修缮灯塔。
### 重点领域二：看守
#### 行动3　培训看守员
每年培训看守员。
## 三、保障
统筹资金。
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> SourceDocument:
    file: Path = tmp_path_factory.mktemp("documents") / "plan.md"
    file.write_text(_PLAN, encoding="utf-8")
    return load_document(file)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("灯塔看守行动方案第2个行动是什么？", "行动2修缮灯塔。分批修缮灯塔。"),
        ("灯塔看守行动方案行动3讲了什么？", "行动3培训看守员。每年培训看守员。"),
        ("灯塔看守行动方案行动5是什么？", "“主要行动”共3项，没有行动5。"),
        ("灯塔看守行动方案有几个领域？", "“主要行动”共2项：重点领域一：修缮；重点领域二：看守。"),
        ("灯塔看守行动方案的第二部分讲什么？", "别处"),
        ("修缮灯塔行动一致吗？", "别处"),
    ],
)
def test_a_heading_is_found_by_its_noun_and_number(plan: SourceDocument, question: str, told: str) -> None:
    ready = asked(question)
    draft = answer_numbered_heading(ready, searched(ready, plan))
    assert ("".join(line.text for line in draft.lines) if isinstance(draft, Draft) else "别处") == told
