"""The tree of an outline once its headings are known: where its lists end, and the small sections inside paragraphs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus.clean import Paragraph, Span
from corpus.document import Section, SectionKind
from corpus.headings import DASH, enumerations, opening, parallel_openings


@dataclass(slots=True, eq=False)
class Node:
    """A section while it is found."""

    parent: Node | None
    style: str
    label: str
    number: int | None
    title: str
    heading: Span
    start: int
    end: int
    kind: SectionKind = "body"
    level: int = 0  #: of a Markdown heading; 7 for a heading known by its look only
    first: int = -1  #: index of its first paragraph
    last: int = -1
    paragraphs: list[int] = field(default_factory=list)  #: its own, not those of its children


@dataclass(slots=True, eq=False)
class Tree:
    """The sections of a text, in the order in which they were found, and what stands in which."""

    paragraphs: Sequence[Paragraph]
    spans: Sequence[Span]  #: of the paragraphs
    nodes: list[Node] = field(default_factory=list)
    owner: dict[int, Node | None] = field(default_factory=dict)  #: the section that each paragraph stands in

    def heading_span(self, i: int, begin: int, end: int) -> Span:
        """Where in the text a piece of a paragraph stands that is a heading, without spaces at its end."""
        start = self.spans[i][0]
        while end > begin and self.paragraphs[i].text[end - 1 : end].isspace():
            end -= 1
        return start + begin, start + end


def is_list(node: Node) -> bool:
    """Whether a section is an item of a list inside running text."""
    return node.style in ("（1）", "1)", "①", "一是", "首先")


def _children(tree: Tree) -> dict[int, list[Node]]:
    children: dict[int, list[Node]] = defaultdict(list)
    for node in tree.nodes:
        children[id(node.parent) if node.parent else 0].append(node)
    return children


def end_lists(tree: Tree) -> None:
    """A list of one-paragraph items ends with its last item's paragraph; what follows belongs to the parent."""
    children = _children(tree)
    for siblings in list(children.values()):
        run: list[Node] = []
        for node in [*siblings, None]:
            if node is not None and run and node.style == run[-1].style and node.style != "special":
                run.append(node)
                continue
            if len(run) >= 2:
                _end_list(tree, run, children)
            run = [] if node is None or node.style in ("special", "plain") else [node]


def _end_list(tree: Tree, run: list[Node], children: dict[int, list[Node]]) -> None:
    semicolons = all(tree.paragraphs[node.first].text.endswith(("；", ";")) for node in run[:-1])
    if not (is_list(run[0]) or semicolons):
        return
    last = run[-1]
    single = all(node.paragraphs == [node.first] and not children[id(node)] for node in run[:-1])
    if not single or last.last == last.first:
        return
    keep = last.first
    if keep + 1 <= last.last and re.match(
        r"^[（(][^（()）]*(?:负责|牵头)[^（()）]*[）)]$", tree.paragraphs[keep + 1].text
    ):
        keep += 1
    moved = [i for i in last.paragraphs if i > keep]
    last.paragraphs = [i for i in last.paragraphs if i <= keep]
    last.last, last.end = keep, tree.spans[keep][1]
    for i in moved:
        tree.owner[i] = last.parent
        if last.parent is not None:
            last.parent.paragraphs.append(i)
    for child in children[id(last)]:
        if child.start >= last.end:
            child.parent = last.parent


def preambles(tree: Tree) -> None:
    """Body paragraphs outside any section make sections without a title: text before the first heading."""
    current: Node | None = None
    for i in range(len(tree.paragraphs)):
        if tree.owner.get(i) is not None or tree.paragraphs[i].kind != "body":
            if tree.paragraphs[i].kind != "figure":
                current = None
            continue
        if current is None:
            start = tree.spans[i][0]
            current = Node(None, "special", "", None, "", (start, start), start, start, first=i)
            tree.nodes.append(current)
        current.end, current.last = tree.spans[i][1], i
        current.paragraphs.append(i)
        tree.owner[i] = current
    for node in tree.nodes:
        if node.kind == "figure" and node.parent is None:
            node.parent = next(
                (n for n in tree.nodes if n.kind == "body" and n.start <= node.start and node.end <= n.end), None
            )


def _groups(tree: Tree) -> Iterable[tuple[Node, list[int]]]:
    """Runs of neighbouring paragraphs of one section that are not its heading."""
    for node in list(tree.nodes):
        if node.kind != "body":
            continue
        run: list[int] = []
        for i in [*sorted(set(node.paragraphs)), -1]:
            own_heading = i >= 0 and node.heading[0] <= tree.spans[i][0] < node.heading[1]
            if run and (i != run[-1] + 1 or own_heading):
                yield node, run
                run = []
            if i >= 0 and not own_heading:
                run.append(i)


def run_ins(tree: Tree) -> None:
    """Paragraphs with a short first sentence beside others of the kind: small sections."""
    for node, run in list(_groups(tree)):
        texts = [tree.paragraphs[i].text for i in run]
        found = parallel_openings(texts, [tree.paragraphs[i].bold for i in run])
        gaps = {b - a for a, b in zip(found, found[1:], strict=False)}
        for place, index in enumerate(found):
            i, text = run[index], texts[index]
            dash = DASH.match(text)
            begin = dash.end() if dash else 0
            length = opening(text)
            last = index
            if gaps - {1}:  # some of the small sections have several paragraphs
                last = found[place + 1] - 1 if place + 1 < len(found) else len(run) - 1
            child = Node(
                node,
                "run-in",
                text[:begin].strip(),
                None,
                text[begin : length - 1],
                tree.heading_span(i, 0, length),
                tree.spans[i][0],
                tree.spans[run[last]][1],
                first=i,
                last=run[last],
            )
            tree.nodes.append(child)
            for other in run[index : last + 1]:
                node.paragraphs.remove(other)
                child.paragraphs.append(other)
                tree.owner[other] = child


def items(tree: Tree) -> None:
    """一是…；二是… and ①…②… inside paragraphs."""
    for i in sorted(tree.owner):
        owner = tree.owner[i]
        if owner is None or owner.kind != "body":
            continue
        base = tree.spans[i][0]
        taken: list[tuple[Node, int, int]] = []
        for listed in enumerations(tree.paragraphs[i].text):
            start, stop = base + listed[0][0], base + listed[-1][1]
            if start < owner.heading[1]:
                continue
            parent = owner
            for node, begin, end in taken:
                if begin <= start and stop <= end:
                    parent = node
                elif begin < stop and start < end:
                    break
            else:
                for begin, end, label, number in listed:
                    span = (base + begin, base + begin)
                    node = Node(parent, "item", label, number, "", span, base + begin, base + end, first=i, last=i)
                    tree.nodes.append(node)
                    taken.append((node, base + begin, base + end))


def sections(tree: Tree) -> tuple[Section, ...]:
    """The sections in document order, parents before children."""
    rank: dict[int, int] = {}
    for node in tree.nodes:
        up, depth = node.parent, 0
        while up is not None:
            up, depth = up.parent, depth + 1
        rank[id(node)] = depth
    ordered = sorted(tree.nodes, key=lambda node: (node.start, rank[id(node)], node.heading[0]))
    index = {id(node): place for place, node in enumerate(ordered)}
    return tuple(
        Section(
            index=place,
            parent=None if node.parent is None else index[id(node.parent)],
            level=rank[id(node)],
            kind=node.kind,
            label=node.label,
            number=node.number,
            title=node.title,
            heading=node.heading,
            start=node.start,
            end=node.end,
            is_part=node.style == "title",
        )
        for place, node in enumerate(ordered)
    )
