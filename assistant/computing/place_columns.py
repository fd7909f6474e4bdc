"""Which place of a table has the most or the least of something: 哪个区投诉最多，多少; 哪个县增速最慢.

The column is found by words and meaning; its rows are places of the kind asked for, and those that sum others up are
left out.
"""

import re
from collections import defaultdict

from assistant.choice import Choice, from_newest
from assistant.computing.likeliest import Rows, likeliest
from assistant.computing.units import counted_in_wholes, value_of
from assistant.computing.words import compute_words, plainly
from assistant.computing.written import counted
from assistant.draft import Draft
from assistant.figures.answer import answer_figure
from assistant.figures.phrases import statement
from assistant.library import Library
from assistant.places import Citations
from assistant.questions.question import Question
from corpus.model import Figure

_FEWEST = 3
_RATES = frozenset({"rate", "share", "growth"})
_WHICH = re.compile(
    r"哪(?:个|一个|些|几个)?(?P<kind>地级市|市州|区县|县区|园区|街道|乡镇|[省市区县旗镇乡村]|地方|地区|里)"
)
# Places of one level are asked for by any of its names: 哪个区 of 兰溪区, 永平县, 高新区.
_LEVELS = (("市", "区", "县", "旗", "州", "盟"), ("镇", "乡", "道", "村", "社区"), ("省",))
_RATES_ASKED = re.compile("率|比例|占比|增速|增长|涨|百分|比重|快|慢|满意度")


def place_extreme_draft(question: Question, choice: Choice, library: Library) -> Draft | None:
    """The place with the highest or lowest value of one column, or None where no column is certain."""
    text = plainly(question.text)
    words = compute_words()
    which = _WHICH.search(text)
    extreme = next((name for name in ("highest", "lowest") if re.search(words.any_of(name), text)), None)
    if which is None or extreme is None:
        return None
    about = re.sub(words.any_of("highest", "lowest") + "|多少|几[个件家人]?|排名", " ", _WHICH.sub(" ", text))

    def of_report(report: str) -> Draft | None:
        columns = _columns(report, which["kind"], _RATES_ASKED.search(text) is not None, library)
        found = likeliest(columns, about, question, report, library)
        return _draft(found, extreme, library) if found is not None else None

    return from_newest(question, choice, library.reports, of_report)


def _columns(report: str, kind: str, rates: bool, library: Library) -> list[Rows]:
    """Columns of tables whose rows are places of this kind; rates only where a rate is asked for."""
    rows: dict[tuple[str | None, int | None], list[Figure]] = defaultdict(list)
    for figure in library.figures_of(report):
        if figure.table is not None and figure.kind == "number":
            rows[figure.table, figure.row].append(figure)
    columns: dict[tuple[str | None, str], list[Figure]] = defaultdict(list)
    for (table, _), members in rows.items():
        label = _label(members)
        if _is_place(label, kind):
            for figure in members:
                columns[table, figure.name[len(label) :]].append(figure)
    return [tuple(members) for (_, name), members in columns.items() if _is_held(name, members, rates)]


def _label(members: list[Figure]) -> str:
    """What the names of a row's cells begin with alike: the place."""
    first, last = min(figure.name for figure in members), max(figure.name for figure in members)
    length = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), 0)
    return first[:length]


def _is_place(label: str, kind: str) -> bool:
    ends = next((level for level in _LEVELS if kind[-1] in level), tuple(end for level in _LEVELS for end in level))
    return label.endswith(ends) and not label.startswith(compute_words().lists["totals"])


def _is_held(name: str, members: list[Figure], rates: bool) -> bool:
    """Whether a column can be ranked: of one unit that its values can have, and a rate where one is asked for."""
    units = {figure.base_unit for figure in members}
    broken = any(value_of(figure) % 1 and counted_in_wholes(figure.base_unit) for figure in members)
    is_rate = re.search("率|比重|占比|增速|增长|满意度", name) is not None or members[0].role in _RATES
    return len(members) >= _FEWEST and len(units) == 1 and not broken and is_rate == rates


def _draft(rows: Rows, extreme: str, library: Library) -> Draft:
    value = (max if extreme == "highest" else min)(value_of(figure) for figure in rows)
    best = [figure for figure in rows if value_of(figure) == value]
    citations = Citations(library)
    told = "；".join(f"{statement(figure)}[{citations.of_figure(figure)}]" for figure in best)
    word = "最高" if extreme == "highest" else "最低"
    return Draft(
        status="answered", route="table", text=f"{told}，在表中{counted(len(rows))}个地方中{word}。",
        figures=tuple(answer_figure(figure, citations) for figure in best), citations=citations.all(),
    )  # fmt: skip
