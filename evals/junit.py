"""A run as JUnit XML, for the test pages of CI: a suite per category, a failure per case that did not pass.

Hidden cases of the test split appear under a digest of their id, without question or answer.
"""

import re
from xml.etree import ElementTree

from evals.rows import digest, reasons
from evals.run_folder import Run
from evals.runner import Asked
from evals.titles import CATEGORY_TITLES

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(run: Run) -> str:
    root = ElementTree.Element("testsuites", name="evals")
    by_category: dict[str, list[Asked]] = {}
    for one in run.asked:
        by_category.setdefault(one.loaded.case.category, []).append(one)
    for category, asked in by_category.items():
        suite = ElementTree.SubElement(
            root,
            "testsuite",
            name=CATEGORY_TITLES[category],
            tests=str(len(asked)),
            failures=str(sum(not one.verdict.passed and one.verdict.error is None for one in asked)),
            errors=str(sum(one.verdict.error is not None for one in asked)),
        )
        for one in asked:
            _testcase(suite, one, hidden=not run.revealed and one.loaded.split == "test")
    _refused(root, run)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _testcase(suite: ElementTree.Element, one: Asked, *, hidden: bool) -> None:
    case, verdict = one.loaded.case, one.verdict
    name = digest(case.id) if hidden else f"{case.id} {case.question}"
    element = ElementTree.SubElement(suite, "testcase", name=_xml(name), classname=f"evals.{one.loaded.split}")
    if verdict.passed:
        return
    why = "未通过" if hidden else "；".join(reasons(verdict))
    kind = "error" if verdict.error else "failure"
    fault = ElementTree.SubElement(element, kind, message=_xml(why))
    if not hidden:
        fault.text = _xml(one.outcome.answer.answer if one.outcome.answer else _error(one))


def _error(one: Asked) -> str:
    error = one.outcome.error
    return f"{error.message}\n{error.traceback}" if error else ""


def _refused(root: ElementTree.Element, run: Run) -> None:
    if not run.refused:
        return
    count = str(len(run.refused))
    suite = ElementTree.SubElement(root, "testsuite", name="用例文件", tests=count, failures="0", errors=count)
    for line in run.refused:
        element = ElementTree.SubElement(suite, "testcase", name=_xml(f"{line.file}:{line.line}"), classname="cases")
        ElementTree.SubElement(element, "error", message=_xml(line.message))


def _xml(text: str) -> str:
    """The text without characters XML cannot hold."""
    return _NOT_XML.sub("�", text)
