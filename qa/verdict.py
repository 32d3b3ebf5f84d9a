"""Yes or no: whether a sentence of the documents affirms or denies what a question asks."""

from __future__ import annotations

import re

from index.tokens import fold

_A_NOT_A = re.compile(r"是不是|有没有|能不能|可不可以|对不对|要不要|会不会|该不该|算不算|准不准|行不行|(.)不\1|是否")
_DENIES = re.compile(
    r"不得|严禁|禁止|杜绝|防止|避免|不予|不再|不应|不宜|不可|不能|不会|不需|不是|并非|并没有|没有|尚未|未(?!来|必|经|能源|成年)|缺乏|缺少|不足|不存在|无(?!线|人|缝|论|限|形|偿|障碍|关|疑|锡)|取消|停止|暂停|不(?=享受|适用|属于|包括|含|纳入|调休|收|加收|补助|放假|参加|对外|计入|超过)"
)
_ASKS_DENIAL = re.compile(r"不(?!是不|能不|对不|仅|但|断|少|同|久|过)|没(?!有没)|未(?!来)|无(?!线|人|论)|少买|缺|拒绝|取消|停止")
#: Words of opposite sense, as they stand in official text.
_OPPOSITES = (
    ("收缩|缩小|压缩|缩减|减少|少买|削减|降低|下调|收紧|限制|从严", "扩大|增加|加大|扩展|提高|上调|放宽|放开|鼓励|拓展|开放"),
    ("降低|下降|减少|变少|下滑|回落", "提高|上升|增长|增加|升高|提升"),
    ("强制|必须|一律", "自愿|鼓励|可以|自主|引导"),
    ("收费|另收|加收|有偿|付费", "免费|不收|无偿|免收"),
    ("保密|不公开", "公开|公布|公示"),
    ("自建|自己建|自行建设", "购买服务|采购|共享|依托现有"),
    ("统一|一刀切|一个模子|全国一样", "因地制宜|结合实际|差异化|分类"),
    ("抢着|盲目|一哄而上|越多越好", "有序|科学组织|杜绝盲目|合理定位|稳妥"),
    ("全部由国家|中央全额|国家出", "自筹|地方承担|自行承担"),
)


def verdict(question: str, sentence: str) -> tuple[str, bool] | None:
    """("是" or "不是", or the question's own 可以/有 ..., whether it denies); None when the wording settles nothing.

    >>> verdict("可以另收费吗?", "任何单位不得向用户加收费用。")
    ('不可以', True)
    """
    asked, said = fold(question), fold(sentence)
    bare = _A_NOT_A.sub("", asked)
    asked_negative = bool(_ASKS_DENIAL.search(bare))
    clause = _nearest_clause(bare, said)
    said_negative = bool(_DENIES.search(clause))
    opposite = any(
        (re.search(a, bare) and re.search(b, said) and not re.search(a, said))
        or (re.search(b, bare) and re.search(a, said) and not re.search(b, said))
        for a, b in _OPPOSITES
    )
    denies = opposite or asked_negative != said_negative
    yes, no = _words(asked)
    return (no, True) if denies else (yes, False)


def _words(asked: str) -> tuple[str, str]:
    """Yes and no in the question's own verb."""
    for pattern, yes, no in (
        (r"可不可以|能不能|可以.*吗|能.{1,30}吗|行不行|可否|能否", "可以", "不可以"),
        (r"有没有|有无", "有", "没有"),
        (r"要不要|是否需要|需要.*吗|要.{1,20}吗", "需要", "不需要"),
    ):
        if re.search(pattern, asked):
            return yes, no
    return "是的", "不是"


def _nearest_clause(asked: str, said: str) -> str:
    """The clause of the sentence that shares most characters with the question, with the one after it."""
    clauses = [c for c in re.split(r"[,，;；。]", said) if c]
    if not clauses:
        return said
    pairs = {asked[i : i + 2] for i in range(len(asked) - 1)}

    def shared(clause: str) -> int:
        return sum(clause[i : i + 2] in pairs for i in range(len(clause) - 1))

    at = max(range(len(clauses)), key=lambda i: shared(clauses[i]))
    return clauses[at]
