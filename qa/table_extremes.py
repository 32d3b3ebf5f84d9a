"""Rows of a table by what their figures are beside others: below or above one that a question names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.tokens import fold
from qa.evidence import Candidate, Probe
from qa.extractive import Draft, Line
from qa.table_answers import ASKS_ROWS
from qa.table_names import figures_meant, spoken_of
from qa.tables import OF_WHICH, UNIT, names_column, row_spans

_ROW_BOUND = re.compile(
    r"(?:(?P<below>低于|小于|少于|不足|不到|未达到?|没有?达?到)|(?P<above>高于|大于|多于|超过|超出|突破))了?(?P<value>\d+(?:,\d{3})*(?:\.\d+)?)(?P<scale>[千万亿]*)(?P<unit>[元人户件个吨亩%]?)(?![\d年])"
)
_FELL = re.compile("下降|减少|下跌|负增长")
_GROWTH = re.compile("增长|增速|增幅|涨跌|增减|升降")
_MAY = re.compile("可以|能(?![力源耗量])|申[请报]|享受|符合|才")  #: what a bound is a condition of
_TOTAL_ROW = re.compile(r"[合总小]计|总|平均|^全[国省市州县区]")


def answer_bounded(probe: Probe, found: Sequence[Candidate]) -> Draft | None:
    """The rows of a table whose figure lies below or above the one that a question names (哪几类低于100), or whose growth
    is below zero (哪些产品下降); None where the question names none, or asks what it is a condition of, or the table has no such row."""
    core = re.sub(r"\s", "", fold(probe.question.core))
    other = _MAY.search(core) or probe.question.kinds & {"whether", "compare", "when"}
    if not ASKS_ROWS.search(core) or other:
        return None
    bound, fell = _ROW_BOUND.search(core), _FELL.search(core)
    if bound is None and fell is None:
        return None
    asked = 0.0 if bound is None else float(bound["value"].replace(",", ""))
    for table in spoken_of(probe, found)[:1]:
        names = names_column(table)
        growth = [j for j, name in enumerate(table.head) if _GROWTH.search(name)]
        only = growth[0] if len(growth) == 1 else None
        column = only if bound is None else figures_meant(core, probe, table, bound["unit"])
        if names is None or column is None:
            return None
        unit = UNIT.search(table.head[column])
        scale = re.match("[千万亿]*", unit[1] if unit else "")
        scaled = bound is not None and (bound["unit"] or bound["scale"])
        if bound is not None and scaled and (scale is None or scale.group() != bound["scale"]):
            return None
        held = []
        for i, row in enumerate(table.rows):
            figure = re.fullmatch(r"([-−]?\d[\d,]*(?:\.\d+)?)%?", row[column])
            value = None if figure is None else float(figure[1].replace(",", "").replace("−", "-"))
            below = bound is None or bool(bound["below"])
            beyond = value is not None and (value < asked if below else value > asked)
            if beyond and not _TOTAL_ROW.search(row[names]):
                held.append(i)
        if not held:
            return None
        told = [f"{OF_WHICH.sub('', table.rows[i][names])}（{table.rows[i][column]}）" for i in held]
        between = "；" if any("、" in one for one in told) else "、"
        lead = f"{UNIT.sub('', table.head[column])}低于0" if bound is None else bound.group()
        text = f"{lead}的共{len(held)}项：{between.join(told)}。"
        return Draft((Line(text, row_spans(table, held)),), method="rows")
    return None
