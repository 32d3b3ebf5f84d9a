"""Two runs over the same questions side by side: what has got better, what worse, and whether that may be chance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import IO, Any, Literal

from qa.escape import attribute, sent
from qa.escape import shown as escaped
from qa.evaluation import LOW_IS_GOOD, MEASURES, PARTS, WHY, Row, Tally, shown
from qa.report_html import HEAD_NAMES, result_of, row_html, style, told_head, type_name
from qa.run import Run, RunError
from qa.significance import Difference, mcnemar, paired_differences

Change = Literal["better", "worse", "other"]
CHANGE_NAMES: Mapping[Change, str] = {"better": "变好", "worse": "变坏", "other": "仍没答对，错法变了"}
#: Measures that are yes or no for each question: whether they change is McNemar's test.
_YES_NO: Mapping[str, str] = {"strict": "strict", "refusal": "rightly_refused", "false_refusal": "falsely_refused"}
#: Numbers of a run that say nothing of its answers.
_SIZES = ("questions", "answerable")
SIGNIFICANT = 0.05


@dataclass(frozen=True)
class Switched:
    """How a yes-or-no measure changes over the questions that both runs have."""

    better: int
    worse: int
    questions: int

    @property
    def p(self) -> float:
        """Two-sided p of McNemar's exact test."""
        return mcnemar(self.better, self.worse)


@dataclass(frozen=True)
class Changed:
    """A question that the two runs answer differently well. Its rows are read when they are looked at."""

    change: Change
    _runs: tuple[Run, Run]
    _places: tuple[int, int]

    @property
    def before(self) -> Row:
        """The row of the earlier run."""
        return self._runs[0].row_at(self._places[0])

    @property
    def after(self) -> Row:
        """The row of the later one."""
        return self._runs[1].row_at(self._places[1])


@dataclass(frozen=True)
class RunDiff:
    """What two runs differ in, over the questions that both have."""

    before: Run
    after: Run
    shared: int
    only_before: int
    only_after: int
    tables: tuple[Mapping[str, float | None], Mapping[str, float | None]]
    switched: Mapping[str, Switched]
    means: Mapping[str, Difference]
    changed: tuple[Changed, ...]
    settings: Mapping[str, tuple[Any, Any]]  #: what the runs were made with, where it differs

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON; the questions by set, number and what became of them."""
        return {
            "before": self.before.name,
            "after": self.after.name,
            "shared": self.shared,
            "only_before": self.only_before,
            "only_after": self.only_after,
            "overall": [dict(table) for table in self.tables],
            "switched": {name: {**asdict(s), "p": s.p} for name, s in self.switched.items()},
            "means": {name: asdict(d) for name, d in self.means.items()},
            "changed": [_plain(c.change, c.before, c.after) for c in self.changed],
            "settings": {name: list(pair) for name, pair in self.settings.items()},
        }


def _plain(change: Change, before: Row, after: Row) -> dict[str, Any]:
    return {
        "change": change,
        "set": after.set,
        "number": after.number,
        "id": after.id,
        "question": after.question,
        "before": result_of(before)[1],
        "after": result_of(after)[1],
    }


def compare(before: Run, after: Run) -> RunDiff:
    """Lays two runs side by side. A question is the same where wording, conversation and id are. No rows are kept, only
    their numbers and where they lie. Raises RunError where the runs have no question in common."""
    places = {key: place for key, place, _ in _keyed(before)}
    tallies = Tally(), Tally()
    flips: dict[str, list[int]] = {name: [0, 0, 0] for name in _YES_NO}
    changed: list[Changed] = []
    shared, only_after = 0, 0
    for key, place, row in _keyed(after):
        old_place = places.pop(key, None)
        if old_place is None:
            only_after += 1
            continue
        shared += 1
        old = before.row_at(old_place)
        for tally, one in zip(tallies, (old, row), strict=True):
            tally.add(one)
        _compare_flags(old, row, flips)
        if change := _change(old, row):
            changed.append(Changed(change, (before, after), (old_place, place)))
    if not shared:
        raise RunError(f"{before.name} 和 {after.name} 没有相同的题，不能比较。请用同一个问题集运行两次。")
    order = list(CHANGE_NAMES)
    differences = zip(PARTS, paired_differences(tallies[0].parts(), tallies[1].parts()), strict=True)
    return RunDiff(
        before,
        after,
        shared,
        len(places),
        only_after,
        (tallies[0].table(), tallies[1].table()),
        {name: Switched(*counts) for name, counts in flips.items() if counts[2]},
        {name: d for name, d in differences if d is not None and name not in _YES_NO},
        tuple(sorted(changed, key=lambda c: order.index(c.change))),
        _settings(before.head, after.head),
    )


def _keyed(run: Run) -> Iterator[tuple[bytes, int, Row]]:
    """The rows of a run, each with where it lies and with what makes its question the same as one of another run."""
    seen = Counter[bytes]()
    for place, row in run.placed_rows():
        asked = repr((row.id, row.question, row.history)).encode("utf-8", "surrogatepass")
        key = blake2b(asked, digest_size=12).digest()
        seen[key] += 1
        yield key + seen[key].to_bytes(4), place, row  # a question that stands twice in a set is two questions


def _compare_flags(old: Row, new: Row, flips: Mapping[str, list[int]]) -> None:
    for name, field in _YES_NO.items():
        a, b = getattr(old, field), getattr(new, field)
        if a is None or b is None:
            continue
        flips[name][2] += 1
        if a != b:
            better = b != (name in LOW_IS_GOOD)
            flips[name][0 if better else 1] += 1


def _change(old: Row, new: Row) -> Change | None:
    if old.right != new.right and None not in (old.right, new.right):
        return "better" if new.right else "worse"
    return "other" if old.why != new.why else None


def _settings(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What differs in what two runs were made with, single settings by their names."""
    first, second = ({**head, **head.get("settings", {})} for head in (before, after))
    skipped = ("settings", "started", "finished", "limit")
    names = [name for name in dict.fromkeys([*first, *second]) if name not in skipped]
    return {n: (first.get(n), second.get(n)) for n in names if first.get(n) != second.get(n)}


# --- as HTML ---------------------------------------------------------------------------------------------------------


def told_change(diff: RunDiff, name: str) -> tuple[str, str, str]:
    """(change, how sure, class) of a measure, as a table shows them."""
    old, new = (table[name] for table in diff.tables)
    if old is None or new is None:
        return "", "", ""
    change = new - old
    kind = "" if not change else "better" if (change > 0) != (name in LOW_IS_GOOD) else "worse"
    told = (
        f"{'+' if change > 0 else '−'}{shown(name, abs(change))}" if shown(name, abs(change)) != shown(name, 0) else "0"
    )
    if name in diff.switched:
        s = diff.switched[name]
        return told, f"{s.better} 题变好，{s.worse} 题变坏，p = {s.p:.3f}", _sure(kind, s.p)
    if name in diff.means:
        d = diff.means[name]
        if d.low == d.high == 0:
            return told, "没有一题变了", ""
        return told, f"95%：{_signed(d.low)} 到 {_signed(d.high)}，p = {d.p:.3f}", _sure(kind, d.p)
    return told, "", ""


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def _sure(kind: str, p: float) -> str:
    """The class of a change: none where it may be chance."""
    return kind if p < SIGNIFICANT else ""


def _overview_html(diff: RunDiff) -> str:
    """The measures side by side, and what the runs were made with."""
    rows = []
    for name, label in MEASURES.items():
        if name in _SIZES or all(table[name] is None for table in diff.tables):
            continue
        told, sure, kind = told_change(diff, name)
        cells = "".join(f"<td>{shown(name, table[name])}</td>" for table in diff.tables)
        rows.append(
            f'<tr><th scope="row">{escaped(label)}</th>{cells}<td class="{kind}">{told}</td><td class="{kind}">{sure}</td></tr>'
        )
    settings = "".join(
        f'<tr><th scope="row">{escaped(HEAD_NAMES.get(name, name))}</th><td>{escaped(told_head(a))}</td><td>{escaped(told_head(b))}</td></tr>'
        for name, (a, b) in diff.settings.items()
    )
    alone = (
        f"，只在前一次的 {diff.only_before} 题，只在后一次的 {diff.only_after} 题"
        if diff.only_before or diff.only_after
        else ""
    )
    made = (
        f'<h2>两次不同的设置</h2><div class="table"><table class="made"><thead><tr><th></th><th scope="col">前一次</th>'
        f'<th scope="col">后一次</th></tr></thead><tbody>{settings}</tbody></table></div>'
        if settings
        else ""
    )
    return (
        f'<header><h1>两次对比：{escaped(diff.after.name)}</h1><p class="hint">两次都有的 {diff.shared} 题{alone}。'
        f"有颜色的变化 p &lt; {SIGNIFICANT}，不像是偶然；是与否的指标用 McNemar 精确检验，其余用成对的自助法。</p></header>"
        '<div class="table"><table><thead><tr><th scope="col">指标</th><th scope="col">前一次</th><th scope="col">后一次</th>'
        f'<th scope="col">变化</th><th scope="col">有多大把握</th></tr></thead><tbody>{"".join(rows)}</tbody></table></div>{made}'
    )


def _changed_html(diff: RunDiff) -> Iterator[str]:
    """The questions that have changed, one at a time."""
    for change, words in CHANGE_NAMES.items():
        these = [c for c in diff.changed if c.change == change]
        if these:
            yield f'<h2>{words}<span class="count">{len(these)} 题</span></h2>'
        for c in these:
            yield _pair_html(change, c.before, c.after)
    if not diff.changed:
        yield "<h2>逐题</h2><p>没有一题的结果变了。</p>"


def _pair_html(change: Change, before: Row, after: Row) -> str:
    kind = {"better": "good", "worse": "bad", "other": "none"}[change]
    return (
        f'<details class="row {kind}"><summary><span class="result">{CHANGE_NAMES[change][:2]}</span>'
        f'<span class="question">{escaped(after.question)}</span><span class="tags">{escaped(_state(before))} → {escaped(_state(after))}'
        f'<span class="kind">{escaped(type_name(after.type))}</span><span class="id">{escaped(after.id)}</span></span>'
        f'</summary><div class="opened sides"><section><h3>前一次</h3><p class="text">{escaped(before.text)}</p></section>'
        f'<section><h3>后一次</h3><p class="text">{escaped(after.text)}</p></section></div>'
        f'<div class="opened">{row_html(before)}{row_html(after)}</div></details>'
    )


def _state(row: Row) -> str:
    word = result_of(row)[1]
    return f"{word}（{WHY[row.why]}）" if row.why and WHY[row.why] != word else word


def write_diff_html(diff: RunDiff, file: IO[str]) -> None:
    """Writes the comparison as one HTML file that needs nothing else."""
    policy = attribute("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'")
    file.write(
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f'content="{policy}"><meta name="viewport" content="width=device-width,initial-scale=1"><title>评测对比</title>'
        f'<style>{style()}</style></head><body><main class="evaluation">{sent(_overview_html(diff))}'
    )
    for piece in _changed_html(diff):
        file.write(sent(piece))
    file.write("</main></body></html>\n")
