"""A file of queries searched line by line: JSON lines in, JSON lines out, in the same order.

In:  {"id": "q1", "query": "城镇新增就业"}
Out: {"id": "q1", "hits": [{"report", "start", "end", "text", "similarity"}]}  or, for a line that cannot be
searched, {"id": "q1", "error": {"code", "message"}} in its place.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.errors import InputFileError, JushiError
from index.search import Hit, Searcher


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchedLine:
    line: str  # JSON, without a line end
    failed: bool


def search_lines(lines: Iterable[str], searcher: Searcher, k: int) -> Iterator[SearchedLine]:
    """Answers each line that is not blank."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _searched(line, number, searcher, k)


def _searched(line: str, number: int, searcher: Searcher, k: int) -> SearchedLine:
    identity: object = None
    try:
        content = _object(line, number)
        identity = content.get("id")
        hits = searcher.search(_query(content, number), k)
    except JushiError as error:
        row = {"id": identity, "error": {"code": error.code, "message": str(error)}}
        return SearchedLine(line=json.dumps(row, ensure_ascii=False), failed=True)
    row = {"id": identity, "hits": [_row(hit) for hit in hits]}
    return SearchedLine(line=json.dumps(row, ensure_ascii=False), failed=False)


def _object(line: str, number: int) -> dict[str, object]:
    try:
        content = json.loads(line)
    except ValueError as error:
        raise InputFileError(f'第 {number} 行不是 JSON（{error}）。每行应是 {{"id": …, "query": …}}。') from error
    if not isinstance(content, dict):
        raise InputFileError(f'第 {number} 行是 {type(content).__name__}，不是对象。每行应是 {{"id": …, "query": …}}。')
    return content


def _query(content: dict[str, object], number: int) -> str:
    query = content.get("query")
    if not isinstance(query, str):
        raise InputFileError(f"第 {number} 行的 query 是 {json.dumps(query)}，不是文字。请补上要检索的文字。")
    return query


def _row(hit: Hit) -> dict[str, object]:
    return {
        "report": hit.report,
        "start": hit.start,
        "end": hit.end,
        "text": hit.text,
        "similarity": round(hit.similarity, 6),
    }
