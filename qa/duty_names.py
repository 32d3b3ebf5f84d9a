"""The bodies that questions about responsibilities name: in short, by other names than the notes, or in no document."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Protocol

from index.tokens import fold
from qa.abbreviations import in_order
from qa.departments import (
    named_in,
    names_used,
    own_name,
    predecessors,
    replaced_by,
    same_department,
    spellings,
    successors,
)
from qa.duty_tasks import Task
from qa.duty_wording import asks_for_tasks


class Names(Protocol):
    """The departments that notes name, and whether a text stands in the documents at all."""

    def department_names(self) -> Collection[str]: ...
    def occurs(self, text: str, /) -> bool: ...


def unnamed_department(core: str, library: Names) -> str:
    """The department, in the question's words, of which a question asks what it was given and which the documents name
    nowhere, by none of its names and none of the bodies before and after it; empty where they name each."""
    if not asks_for_tasks(core):
        return ""
    folded = fold(core)
    for department in named_in(core):
        names = (n for n in spellings(department) if re.search(rf"{re.escape(fold(n))}(?!门)", folded))  # no 教育部|门
        said = next((n for n in names if _NAMES_BODY.search(fold(n))), "")
        kin = (department, *predecessors(department), *successors(department))
        if not said or any(library.occurs(body) for one in kin for name in spellings(one) for body in _bodies(name)):
            continue
        # A body of the documents themselves may go by the name of a national one.
        if not _is_among(said, library):
            return said
    local = None if named_in(core) else _BARE_NAME.match(folded)
    unknown = local and not library.occurs(local["body"]) and not _is_among(local["body"], library)
    return local["body"] if local and unknown else ""


#: A local body by its bare name, before what it does: 教育局负责什么.
_BARE_NAME = re.compile(
    "(?:请问|那么?)?(?![省市县区州])(?P<body>[\u4e00-\u9fff]{2,6}?[局委厅])(?:都|主要|具体|需要?|要|应当?|在[^,，?？]{2,12}?[中里上])*"
    "(?=负责|牵头|参与|承担|配合|做|干|管|的(?:职责|任务|工作))"
)


def _is_among(body: str, library: Names) -> bool:
    """Whether a body is one that responsibility notes name, by another or a shorter name: 经信局."""
    said = fold(body)
    return any(same_department(said, n) or in_order(said, own_name(n)) for n in library.department_names())


def _bodies(name: str) -> Sequence[str]:
    """How a text names a body that is called by a name: 水利 may be said of 水利部门, and stands in 县水利局, too."""
    return (name,) if _NAMES_BODY.search(fold(name)) else tuple(name + kind for kind in ("部门", "机关", "主管", "、"))


#: The name of a body in full, and no word for what it does: 公安部, not 公安.
_NAMES_BODY = re.compile("^.{2,}[部委局署办院行会厅社]$")


def names_in(tasks: Sequence[Task]) -> set[str]:
    return {name for t in tasks for name in t.duty.departments if len(name) > 2 and not _EVERYONE.match(name)}


def by_another_name(department: str, known: Collection[str], text: str) -> str:
    """That the notes have a department under other names, those of them that an answer tells; empty where it tells none."""
    used = [n for n in names_used(department, known) if not same_department(n, department)]
    written = [name for n in used for name in sorted(known) if same_department(name, n) and name in text]
    taken_over: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for name in dict.fromkeys(written):
        now, plans = replaced_by(name)
        former = name if now else department  # it may be asked for by the name that is gone
        taken_over.setdefault((now, plans) if now else replaced_by(department), []).append(former)
    told = [
        f"{'、'.join(dict.fromkeys(names))}的主要职责后来由{'、'.join(now)}承接" + (f"（{plans}）" if plans else "")
        for (now, plans), names in taken_over.items()
    ]
    quoted = "".join(f"“{name}”" for name in dict.fromkeys(written))
    told_so = f"分工中没有写“{department}”，写的是{quoted}。{'；'.join(told)}；各项职责的去向以机构改革文件为准。"
    return told_so if written else ""


_SENT_OUT = r"(?:(?!哪|谁|什么|几|出现|牵头|负责|参与|参加|配合)[^,，。;；?？]){0,12}?(?:文件|通知|意见|方案|规划|办法|要求|分工表|清单)"


def points_at(department: str, core: str) -> bool:
    """Whether a question names a department to point at what it sent out: 国办的分工表里, 按国办分工."""
    names = "|".join(map(re.escape, dict.fromkeys((department, *spellings(department)))))
    return bool(re.search(rf"(?:按照?|根据|依据|照)(?:{names})|(?:{names})(?!在){_SENT_OUT}", core))


LOCAL_NAME = re.compile(r"[省市县区州][\u4e00-\u9fff]{2,10}?[局委厅办](?!员|法|公)")
_EVERYONE = re.compile(r"各(?:有关|相关)?(?:部门|单位|地方|地区|方面)$|(?:有关|相关)(?![省市县区乡镇])")


def joined_with(departments: Sequence[str], core: str) -> str:
    """A body that a question joins to a department and that no note names: 甲局和乙局共同…; empty where it joins none."""
    body = r"(?P<body>[\u4e00-\u9fff]{1,12}?[部委局署办院厅](?!门|分|长))"
    for department in departments:
        for name in map(re.escape, spellings(department)):
            joined = re.search(rf"{name}[和与跟同及、]{body}", core) or re.search(rf"{body}[和与跟同及、]{name}", core)
            other = joined["body"] if joined else ""
            is_name = LOCAL_NAME.fullmatch(other) or other in {n for d in named_in(other) for n in spellings(d)}
            if is_name and not any(same_department(other, d) or other.endswith(d) for d in departments):
                return other
    return ""
