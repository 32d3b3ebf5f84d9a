"""Answers, outlines, comparisons and tables as text on a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from shutil import get_terminal_size
from typing import TYPE_CHECKING, cast
from unicodedata import normalize

import click

from qa.command import ANSWERED, REFUSED

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from corpus.document import SourceDocument
    from qa.answer import Answer, Citation, Event
    from qa.facts import Difference, DutyRow, FigureRow


def stdout_console() -> Console:
    """stdout: colours only on a terminal, and no line broken where no terminal sets the width."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 10_000)


def watched(events: Iterator[Event]) -> Answer:
    """The answer, after what a language model writes has been shown as it comes, on a terminal, on stderr."""
    from qa.escape import visible

    shown, written = sys.stderr.isatty(), ""
    for event in events:
        if event.kind == "answer":
            if shown:
                click.echo(_back_to_the_start(written), nl=False, err=True)
            return cast("Answer", event.data)
        if shown and event.kind == "draft" and not event.data.refused:
            click.secho(f"摘录的回答：{visible(event.data.text)}\n", dim=True, err=True)
        elif shown and event.kind == "token":
            piece = visible(event.data).replace("\t", " ")
            written += piece
            click.secho(piece, dim=True, nl=False, err=True)
    raise AssertionError("a stream ends with an answer")


def _back_to_the_start(text: str) -> str:
    """What takes a terminal back to where a text began, and clears all behind: as many rows up as the text takes, but
    none that has left the screen."""
    from rich.cells import cell_len

    columns, lines = get_terminal_size()
    rows = column = 0
    for character in text:
        width = cell_len(character)
        if character == "\n" or column + width > columns:
            rows, column = rows + 1, 0
        column += width if character != "\n" else 0
    rows = min(rows, lines - 1)
    return f"\r\033[{rows}A\033[J" if rows else "\r\033[J"


def print_answer(answer: Answer, console: Console) -> None:
    """Answer, then numbered sources with title, number, section path and quote."""
    from rich.text import Text

    if understood := understood_as(answer):
        console.print(Text(f"（理解为：{understood}）", style="dim"))
    console.print(Text(answer.text, style="yellow" if answer.refused else ""))
    if answer.engine == "llm":
        console.print(Text("（语言模型写，逐句核对）", style="dim"))
    if answer.dropped:
        console.print(
            Text(f"（语言模型写的，没有采用：{''.join(f'“{said}”' for said in answer.dropped)}）", style="dim")
        )
    for note in answer.notes:
        console.print(Text(f"（{note}）", style="dim"))
    shown = answer.citations or answer.nearest
    if shown:
        console.print(Text("\n出处" if answer.citations else "\n最接近的条款", style="bold"))
    for citation in shown:
        console.print(_source_line(citation))
        console.print(_emphasised(citation.quote, answer.standalone_question or answer.question))
        for copy in citation.also_in:
            console.print(Text(f"    又见{titled(copy.title)}{_path(copy.section)}", style="dim"))


def understood_as(answer: Answer) -> str | None:
    """The question as it was searched where that says more than the question itself, e.g. a follow-up resolved."""
    asked, searched = (
        normalize("NFKC", text).strip() for text in (answer.question, answer.standalone_question or answer.question)
    )
    return answer.standalone_question if searched != asked else None


def _source_line(citation: Citation) -> Text:
    from rich.text import Text

    number = f"（{citation.number}）" if citation.number else ""
    return Text.assemble((f"[{citation.marker}] ", "cyan"), f"{titled(citation.title)}{number} {citation.place}")


def titled(title: str) -> str:
    """A title in its brackets; one that holds brackets itself stays as it is."""
    return title if "《" in title else f"《{title}》"


def _path(section: Sequence[str]) -> str:
    return " › ".join(section)


def _emphasised(quote: str, question: str) -> Text:
    """The quote with the words that it shares with the question in bold."""
    from rich.text import Text

    text = Text("    " + " ".join(quote.split("\n")))
    for start, end in shared_runs(quote, question):
        text.stylize("bold green", 4 + start, 4 + end)
    return text


# Runs of nothing but these say nothing about a match.
_EMPTY_CHARS = frozenset("的了是和与及在有对等为以由于其这那个哪些什么如何怎么样吗呢文件，。、；：？！“”（）《》 ")


def shared_runs(quote: str, question: str) -> list[tuple[int, int]]:
    """Spans of ``quote`` of two characters or more that stand in ``question`` too, longest first, none overlapping."""
    quote, question, spans, at = quote.casefold(), question.casefold(), [], 0
    while at < len(quote):
        end = at
        while end < len(quote) and quote[at : end + 1] in question:
            end += 1
        if end - at >= 2 and not _EMPTY_CHARS.issuperset(quote[at:end]):
            spans.append((at, end))
        at = max(end, at + 1)
    return spans


def outline_lines(document: SourceDocument) -> list[str]:
    kinds = {"toc": "（目录）", "front": "（前置页）", "figure": "（图中文字）"}
    headed = [section for section in document.sections if section.label or section.title]
    return [f"{'  ' * s.level}{s.label}{s.title}{kinds.get(s.kind, '')}" for s in headed] or ["这份文件没有提纲。"]


def difference_lines(difference: Difference) -> Iterator[Text]:
    from rich.text import Text

    names = {"same": "相同", "changed": "改动", "only_a": "只在甲", "only_b": "只在乙"}
    place = difference.a or difference.b
    yield Text(f"【{names[difference.change]}】{_path(place.section) if place else ''}", style="bold")
    if difference.change != "changed":
        yield Text("  " + place.quote if place else "")
        return
    for side, name, style in ((0, "甲", "red"), (1, "乙", "green")):
        parts = [("  " + name + "：", "dim")]
        parts += [
            (p[side] if p[0] == p[1] else f"⟦{p[side]}⟧", "" if p[0] == p[1] else style)
            for p in difference.pieces
            if p[side]
        ]
        yield Text.assemble(*parts)


def print_table(head: Sequence[str], cells: Sequence[Sequence[str]], as_csv: bool) -> None:
    """A table for people, or CSV with the head in the first line."""
    if as_csv:
        from qa.csv_output import BOM, csv_text

        # On a terminal nobody sees a byte order mark; in a file programs for tables need it to see UTF-8.
        click.echo(("" if sys.stdout.isatty() else BOM) + csv_text(head, cells), nl=False)
        return
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for name in head:
        table.add_column(name, overflow="fold")
    for row in cells:
        table.add_row(*(Text(cell.replace("\n", " ")) for cell in row))
    stdout_console().print(table)
    click.echo(f"共 {len(cells)} 行。", err=True)


def print_rows(
    columns: Sequence[tuple[str, str]], rows: Sequence[DutyRow | FigureRow], as_json: bool, as_csv: bool, none: str
) -> int:
    """Rows as a table, JSON or CSV; without rows the message ``none`` on stderr."""
    if as_json:
        click.echo(json.dumps([row.to_dict() for row in rows], ensure_ascii=False, indent=2))
    elif as_csv:
        from qa.csv_output import table_of

        print_table(*table_of(columns, rows), as_csv)
    elif rows:
        print_table([name for _, name in columns], [row.cells() for row in rows], as_csv)
    if not rows:
        click.echo(none, err=True)
    return ANSWERED if rows else REFUSED
