"""Lists found by their name, whatever else stands near."""

from __future__ import annotations

import pytest

from outlined import outlined
from qa.named_lists import answer_named_list
from searched import asked, searched

NOTICE = outlined(
    "县渔业局清理了渔港文件，现将结果公告如下：\n"
    "一、继续有效的文件\n1.《渔港停泊办法》\n2.《渔船登记规定》\n"
    "二、废止的文件（共2件）\n1.《渔港收费规定》\n2.《渔网尺寸规定》\n"
    "三、其他\n废止的文件不再作为管理的依据。\n",
    "公告",
    title="渔港文件清理结果公告",
)


@pytest.mark.parametrize(
    ("question", "listed"),
    [
        ("渔港文件清理后废止的是哪几件？", "“废止的文件（共2件）”共2项：1.《渔港收费规定》；2.《渔网尺寸规定》。"),
        ("渔港文件清理，继续有效的有哪些？", "“继续有效的文件”共2项：1.《渔港停泊办法》；2.《渔船登记规定》。"),
    ],
)
def test_the_list_that_the_question_names_is_told(question: str, listed: str) -> None:
    ready = asked(question)
    draft = answer_named_list(ready, searched(ready, NOTICE))
    assert draft is not None and draft.lines[0].text == listed


@pytest.mark.parametrize(
    "question", ["渔港文件有哪些？", "渔港文件谁来废止？", "渔港文件哪些要修订？", "渔港文件废止后渔网尺寸有哪些？"]
)
def test_where_no_list_is_named_nothing_is_told(question: str) -> None:
    ready = asked(question)
    assert answer_named_list(ready, searched(ready, NOTICE)) is None
