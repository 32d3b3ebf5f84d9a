"""The colours of the page, light and dark: text stands out from what is behind it, and so do the edges of fields.

By the ratios of WCAG 2: 4.5 for text, 3 for what shows where a field is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

WEB = Path(__file__).parents[1] / "web"
Colours = Mapping[str, str]
_PIECE = r"var\(--([\w-]+)\)|#[0-9a-f]{6}"
#: A colour, or a share of one over the paper.
_COLOUR = rf"(?:{_PIECE}|color-mix\(in srgb, var\(--([\w-]+)\) (\d+)%, transparent\))"


def named(css: str, *selectors: str) -> Colours:
    """The colours that the rules of these selectors give names to, a later one over an earlier."""
    rules = (re.search(rf"^{re.escape(selector)} {{(.*?)}}", css, re.MULTILINE | re.DOTALL) for selector in selectors)
    return {name: value for rule in rules if rule for name, value in re.findall(r"--([\w-]+): (#[0-9a-f]{6})", rule[1])}


def light(colour: str) -> float:
    """Relative luminance."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)


def over(paper: str, colour: str, share: float) -> str:
    """So much of a colour over the paper."""
    mixed = (
        round(int(colour[at : at + 2], 16) * share + int(paper[at : at + 2], 16) * (1 - share)) for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


PAGE, TABLES = (WEB / "page.css").read_text("utf-8"), (WEB / "tables.css").read_text("utf-8")
_LIGHT, _DARK = named(PAGE, ":root"), named(PAGE, ":root", ".dark")
#: What Gradio's names in tables.css stand for on this page.
_FRAME = ("line", "paper", "soft", "ink")


def of_tables(frame: Colours, *selectors: str) -> Colours:
    return {name: frame[name] for name in _FRAME} | dict(named(TABLES, *selectors))


SHEETS: dict[str, tuple[str, Colours]] = {
    "page, light": (PAGE, _LIGHT),
    "page, dark": (PAGE, _DARK),
    "tables, light": (TABLES, of_tables(_LIGHT, ".tables")),
    "tables, dark": (TABLES, of_tables(_DARK, ".tables", ".dark .tables")),
}
GROUNDS = ("paper", "ground", "soft", "accent-soft")
TEXTS = ("ink", "quiet", "accent", "good", "warn", "bad", "dim", "link", "lead", "gone", "come")


def pairs(css: str, colours: Colours) -> Iterator[tuple[str, str, str]]:
    """Where text stands on what: every text colour on every ground, and what rules say of both at once."""
    for text in TEXTS:
        for ground in GROUNDS:
            if text in colours and ground in colours:
                yield f"{text} on {ground}", colours[text], colours[ground]
    for selector, rule in re.findall(r"([^{}]+){([^{}]*)}", css):
        text, ground = (re.search(rf"(?<![\w-]){what}: {_COLOUR}", rule) for what in ("color", "background(?:-color)?"))
        if text and ground:
            behind, front = (value(found, colours) for found in (ground, text))
            yield selector.strip(), front, behind


def value(found: re.Match[str], colours: Colours) -> str:
    name, mixed, share = found.groups()
    if mixed:
        return over(colours["paper"], colours[mixed], int(share) / 100)
    return colours[name] if name else found.group().split(": ")[1]


@pytest.mark.parametrize("sheet", SHEETS)
def test_text_can_be_read(sheet: str) -> None:
    found = list(pairs(*SHEETS[sheet]))
    assert len(found) > 10
    assert {where: round(ratio(text, ground), 2) for where, text, ground in found if ratio(text, ground) < 4.5} == {}


@pytest.mark.parametrize("sheet", ["page, light", "page, dark"])
def test_the_edges_of_fields_can_be_seen(sheet: str) -> None:
    colours = SHEETS[sheet][1]
    assert all(ratio(colours["edge"], colours[ground]) >= 3 for ground in ("paper", "ground"))


def test_fields_have_these_edges() -> None:
    for field in (".pq :is(input:not([type=checkbox]), select)", "#composer .line"):
        assert "border: 1px solid var(--edge)" in PAGE.partition(f"\n{field} {{")[2].partition("}")[0], field
    assert "#tables .container > .wrap:has([role=combobox]) { border-color: var(--edge); }" in PAGE
    for names in ("--input-border-color", "--checkbox-border-color"):
        assert f"{names}: var(--edge)" in PAGE


def test_the_ratio_is_that_of_wcag() -> None:
    assert round(ratio("#000000", "#ffffff"), 2) == 21
    assert round(ratio("#777777", "#ffffff"), 2) == 4.48
    assert over("#ffffff", "#000000", 0.5) == "#808080"
