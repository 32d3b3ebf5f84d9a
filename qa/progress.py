"""How far a long piece of work is, told on stderr: bars on a terminal, lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.progress import Progress
    from rich.text import Text


@contextmanager
def reporting() -> Iterator[Callable[[str, int, int], None]]:
    """Gives ``report(stage, done, total)``: bars on a terminal's stderr, else a line per stage there and, of long ones,
    now and then how far they are."""
    tasks: dict[str, Any] = {}
    began: dict[str, float] = {}
    told: dict[str, float] = {}
    reached: dict[str, int] = {}
    bars: Progress | None = None  # made when there is something to report: mostly there is not

    def report(stage: str, done: int, total: int) -> None:
        nonlocal bars
        if bars is None:
            bars = _bars()
            bars.start()
        now = time.monotonic()
        if stage not in tasks:
            tasks[stage] = bars.add_task(stage, total=total or None)
            began[stage] = told[stage] = now
            if bars.disable:
                click.echo(f"{stage}……", err=True)
        elif done < reached[stage]:  # the same again, for the next batch
            bars.reset(tasks[stage], total=total or None)
            began[stage] = told[stage] = now
        reached[stage] = done
        bars.update(tasks[stage], completed=done, total=total or None)
        if bars.disable and 0 < done < total and now - told[stage] >= _TELL_EVERY:
            told[stage] = now
            click.echo(f"{stage} {done}/{total}，{pace(done, total, now - began[stage])}", err=True)

    try:
        yield report
    finally:
        if bars is not None:
            bars.stop()


_TELL_EVERY = 30  #: seconds


def pace(done: int, total: int, seconds: float) -> str:
    """How fast a long piece of work goes, and how long it will still take: 每分钟 24，约剩 3 分钟."""
    left = seconds / done * (total - done)
    remaining = f"{left / 60:.0f} 分钟" if left >= 90 else f"{left:.0f} 秒"
    speed = 60 * done / max(seconds, 1e-9)
    return f"每分钟 {speed:.0f}，约剩 {remaining}" if speed >= 10 else f"每分钟 {speed:.1f}，约剩 {remaining}"


def _bars() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn
    from rich.text import Text

    class Pace(ProgressColumn):
        def render(self, task: Task) -> Text:
            going = task.total and 0 < task.completed < task.total and task.elapsed
            return Text(pace(int(task.completed), int(task.total or 0), task.elapsed or 0.0) if going else "")

    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Pace())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
