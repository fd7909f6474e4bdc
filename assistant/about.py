"""Questions about the assistant and its reports: greetings, what it can do, which report this is."""

import re
from collections.abc import Sequence

from assistant.draft import Draft
from assistant.library import Library
from assistant.places import Citations
from assistant.questions.asking import asking
from assistant.questions.question import Question, content_of
from corpus.model import Metadata

_MAX_GREETING = 12
# What is said of a report besides the question words, and how many further characters may stand beside it.
_OF_REPORTS = re.compile(
    "报告|文件|材料|公报|资料|发布|编写|撰写|起草|印发|出具|单位|部门|年份?|份|标题|名称|题目|收录|收入|手[里头]|数据|系统|"
    "助手|工具|机器人|写|发|出|叫|谁|哪|什么|说|讲|来源|来自|依据|根据|答案|内容|据实|您|咗|嘅"
)
_MOST_REST = 2
# Reports that are described; of more, the newest.
_MOST_TOLD = 20
_EXAMPLES = 6
ABILITY = (
    "我是据实，只依据已收入的政府报告作答：报告写明的数字，连同单位、期间、口径和原文出处一起给出；"
    "报告没有写的，会直接说明没有。可以问某项指标的目标、实际完成、完成率，也可以问职责、问题和措施。"
)


def about_draft(question: Question, library: Library) -> Draft | None:
    """An answer about ourselves or the reports, or None where the question is about what the reports say."""
    intents = question.intents
    if "about" in intents and not question.numbers and _is_only("about", question):
        return _reports_draft(library)
    if "ability" in intents and _is_only("ability", question):
        return Draft(status="answered", route="none", text=ABILITY)
    if "thanks" in intents and len(question.text) <= _MAX_GREETING and not question.wants_quantity:
        return Draft(status="answered", route="none", text="不客气，还有要查的请接着问。")
    if "greeting" in intents and len(question.text) <= _MAX_GREETING and not question.wants_quantity:
        return Draft(status="answered", route="none", text="您好！" + ABILITY)
    return None


def _is_only(intent: str, question: Question) -> bool:
    """Whether the words of an intent are all the question says: 第三方打算怎么用 asks nothing about us."""
    rest = asking().intents[intent].sub(" ", question.text)
    return len(re.sub(r"\W", "", _OF_REPORTS.sub(" ", content_of(rest)))) <= _MOST_REST


def _reports_draft(library: Library) -> Draft:
    citations = Citations(library)
    told = (
        tuple(library.reports.values()) if len(library.reports) <= _MOST_TOLD else library.reports.newest[:_MOST_TOLD]
    )
    lines = [_describe(metadata, library, citations) for metadata in told]
    if len(told) < len(library.reports):
        lines.insert(0, f"共收录{len(library.reports)}份报告，最新的{len(told)}份是：")
    return Draft(status="answered", route="none", text="\n".join(lines), citations=citations.all())


def _describe(metadata: Metadata, library: Library, citations: Citations) -> str:
    facts = [f"《{metadata.title}》"]
    text = library.source_text(metadata.report)
    start = text.find(metadata.title[:8])
    if start >= 0:
        end = text.find("\n", start)
        facts[0] += f"[{citations.of_span(metadata.report, start, end if end > 0 else len(text), ())}]"
    if metadata.issuer:
        facts.append(f"发布单位：{metadata.issuer}")
    if metadata.data_year:
        facts.append(f"数据年度：{metadata.data_year}年")
    return "，".join(facts) + "。"


def examples(library: Library) -> Sequence[str]:
    """Questions that the store can answer, made from its own indicators and headings."""
    asked: list[str] = []
    indicators = (indicator for report in sorted(library.reports) for indicator in library.indicators_of(report))
    for number, indicator in enumerate(indicators):
        if len(asked) >= _EXAMPLES:
            break
        if indicator.target_figures and indicator.actual_figures and number % 5 == 0:
            endings = ("实际完成多少？", "的目标值是多少？", "的完成率是多少？", "完成了吗？")
            asked.append(indicator.name + endings[len(asked) % len(endings)])
    for figure in library.figures.values():
        if len(asked) >= _EXAMPLES:
            break
        if figure.role in {"count", "amount"} and figure.table is None and 6 <= len(figure.name) <= 18:
            question = f"{figure.name}是多少？"
            if question not in asked:
                asked.append(question)
    return tuple(asked[:_EXAMPLES])
