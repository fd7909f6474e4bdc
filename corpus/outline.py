"""The headings of a report as a tree.

    一、基本情况 > （一）部门概况 > 1. 主要职能
Which numbering stands above which is learnt from the order in which the styles nest in this
report; no table fixes it. Numbered lines are headings only if their siblings are: a list of duties
（1）…；（2）… stays text. A section's id is its place: "2.2.3" is the third below the second below
the second. It does not know tables or what a heading says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.blocks import Block
from corpus.headings import Candidate, find_candidate
from corpus.model import Mapped, Section
from corpus.numbering import Mark, find_mark

_MOSTLY = 0.75


@dataclass(kw_only=True, slots=True, eq=False)
class Node:
    """A place in the tree while it is built; the root has no block and stands for the report."""

    block: int = -1
    style: str = ""
    depth: int = 0  # of a heading that the file marks as one
    number: int = 0
    candidate: Candidate | None = None
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    last_block: int = -1  # the last block below it
    section: Section | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """Sections in reading order and, for each block, the section it stands in ("0" before any)."""

    sections: tuple[Section, ...]
    section_of: tuple[Section | None, ...]
    bodies: dict[int, Mapped]  # block -> what follows the heading phrase on its line
    headings: frozenset[int]  # blocks that open a section or name the report


def read_outline(blocks: Sequence[Block], text: str, *, title: frozenset[int] = frozenset()) -> Outline:
    """The outline of `blocks`; blocks in `title` name the report and head no section."""
    candidates = [
        find_candidate(index, block, text) if index not in title else None for index, block in enumerate(blocks)
    ]
    root = _tree(blocks, candidates, title, text)
    marked = {index for index, candidate in enumerate(candidates) if candidate}
    plain = {index for index, block in enumerate(blocks) if block.kind != "heading"} - marked
    _drop_lists(root, frozenset(plain))
    _settle_ends(root, len(blocks))
    sections: list[Section] = []
    _number(root, None, blocks, text, sections)
    return _laid_out(root, blocks, tuple(sections), title)


# --- the tree -------------------------------------------------------------------------------------


def _tree(blocks: Sequence[Block], candidates: Sequence[Candidate | None], title: frozenset[int], text: str) -> Node:
    """All marked blocks nested by style and number, lists among them."""
    root = Node()
    open_nodes = [root]
    above: set[tuple[str, str]] = set()  # (outer style, inner style), as this report nests them
    for index, block in enumerate(blocks):
        candidate = candidates[index]
        if block.kind == "heading" and index not in title:
            depth = block.lines[0].depth
            while open_nodes[-1] is not root and not 0 < open_nodes[-1].depth < depth:
                open_nodes.pop()
            told = find_mark(block.content(text).text)
            style, number = (told.style, told.number) if told else ("", 0)
            _push(open_nodes, Node(block=index, depth=depth, style=style, number=number))
        elif candidate is not None and _find_place(open_nodes, candidate.mark, above):
            above.update((node.style, candidate.mark.style) for node in open_nodes if node.style)
            mark = candidate.mark
            # A heading that the file forgot to mark stands as high as the marked ones it counts on from.
            depth = next((node.depth for node in reversed(open_nodes[-1].children) if node.style == mark.style), 0)
            _push(open_nodes, Node(block=index, depth=depth, style=mark.style, number=mark.number, candidate=candidate))
    return root


def _push(open_nodes: list[Node], node: Node) -> None:
    node.parent = open_nodes[-1]
    open_nodes[-1].children.append(node)
    open_nodes.append(node)


def _find_place(open_nodes: list[Node], mark: Mark, above: set[tuple[str, str]]) -> bool:
    """Closes the nodes that end before `mark`; False where its number fits nowhere."""
    same = [at for at, node in enumerate(open_nodes) if node.style == mark.style]
    following = [at for at in same if open_nodes[at].number + 1 == mark.number]
    # Numbers are skipped, and chapters' are repeated, by slips of the pen.
    slips = (0, 2) if mark.heads else (2,)
    nearby = [at for at in same if mark.number - open_nodes[at].number in slips]
    if following or nearby:
        del open_nodes[(following or nearby)[-1] :]
        return True
    if mark.number != 1 and not mark.heads:
        return False
    same = [at for at in same if open_nodes[at].candidate]  # a list may start over below a marked heading
    if same and (mark.heads or len(same) > 1 or same[-1] == len(open_nodes) - 1):
        del open_nodes[same[-1] :]  # numbered anew; elsewhere a list starts below another numbering
        return True
    while not same and (mark.style, open_nodes[-1].style) in above:
        open_nodes.pop()
    return True


# --- headings and lists ---------------------------------------------------------------------------


def _drop_lists(node: Node, plain: frozenset[int]) -> None:
    """Removes runs of numbered items, with all below them, from the tree. `plain`: unmarked blocks."""
    for style in {child.style for child in node.children if child.style}:
        siblings = [child for child in node.children if child.style == style]
        run = [child for child in siblings if child.candidate]
        items = {child.block for child in run if not (child.candidate and child.candidate.qualifies)}
        if len(run) == len(siblings) and not _are_headings(run, plain):
            items = {child.block for child in run}
        node.children = [child for child in node.children if child.block not in items]
    for child in node.children:
        _drop_lists(child, plain)


def _are_headings(run: list[Node], plain: frozenset[int]) -> bool:
    """Whether the siblings of one style are headings; the few among them that cannot be are items."""
    fit = [_fits(node, plain) for node in run]
    if sum(fit) < _MOSTLY * len(fit):
        return False
    # Short lines with nothing between them are a list, whatever follows the last of them.
    *others, last = run
    return not others or bool(last.children) or any(_runs_in(node) or _has_body(node, plain) for node in others)


def _fits(node: Node, plain: frozenset[int]) -> bool:
    candidate = node.candidate
    if candidate is None or not candidate.qualifies:
        return False
    return not (candidate.is_alone and candidate.is_sentence) or _has_body(node, plain)


def _has_body(node: Node, plain: frozenset[int]) -> bool:
    return bool(node.children) or node.block + 1 in plain


# --- ends and numbers -----------------------------------------------------------------------------


def _settle_ends(root: Node, count: int) -> None:
    """Sets the last block below each node.

    Where every sibling is one paragraph with its heading at the front, so is the last of them: what
    follows is about all of them and belongs to their parent.
    """
    root.last_block = count - 1
    pending = [root]
    while pending:
        node = pending.pop()
        if not node.children:
            continue
        *others, last = node.children
        for child, follower in pairwise(node.children):
            child.last_block = follower.block - 1
        is_list_of_paragraphs = bool(others) and all(_is_one_paragraph(child) for child in others) and _runs_in(last)
        last.last_block = last.block if is_list_of_paragraphs else node.last_block
        pending.extend(node.children)


def _runs_in(node: Node) -> bool:
    return node.candidate is not None and not node.candidate.is_alone and not node.children


def _is_one_paragraph(node: Node) -> bool:
    return _runs_in(node) and node.last_block == node.block


def _number(node: Node, above: Section | None, blocks: Sequence[Block], text: str, sections: list[Section]) -> None:
    path = above.path if above else ()
    for ordinal, child in enumerate(node.children, 1):
        title = _title(child, blocks[child.block], text)
        start, end = title.span(0, len(title.text))
        printed = title.text.removesuffix("。")
        child.section = Section(
            id=f"{above.id}.{ordinal}" if above else str(ordinal),
            title=printed,
            level=len(path) + 1,
            path=(*path, printed),
            start=start,
            end=end,
            body_end=blocks[child.last_block].end,
        )
        sections.append(child.section)
        _number(child, child.section, blocks, text, sections)


def _title(node: Node, block: Block, text: str) -> Mapped:
    if node.candidate is None:
        return block.content(text)
    return node.candidate.content.slice(0, node.candidate.phrase_end)


def _laid_out(root: Node, blocks: Sequence[Block], sections: tuple[Section, ...], title: frozenset[int]) -> Outline:
    section_of: list[Section | None] = [None] * len(blocks)
    bodies: dict[int, Mapped] = {}
    headings = set(title)
    pending = list(root.children)
    while pending:
        node = pending.pop()
        headings.add(node.block)
        # Parents come before their children, so the innermost section is written last.
        section_of[node.block : node.last_block + 1] = [node.section] * (node.last_block + 1 - node.block)
        if node.candidate and not node.candidate.is_alone:
            content = node.candidate.content
            bodies[node.block] = content.slice(node.candidate.phrase_end, len(content.text))
        pending.extend(node.children)
    return Outline(sections=sections, section_of=tuple(section_of), bodies=bodies, headings=frozenset(headings))
