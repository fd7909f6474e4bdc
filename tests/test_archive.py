"""Conversations kept: whose they are, two windows on one, a full disk, and sources that a changed report moved."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation
from assistant.archive.anchoring import anchored, checksums_of
from assistant.archive.archive import Archive, ArchiveError, database_of, owner_of
from assistant.archive.exchange import TITLE_CHARACTERS, Exchange

pytest_plugins = ["server_fixtures"]

MINE, YOURS = owner_of("甲的钥匙"), owner_of("乙的钥匙")
TEXT = "一、航道\n全年疏浚航道74公里。\n"


class Texts:
    """Reports in service, as a table."""

    def __init__(self, **texts: str) -> None:
        self._texts = texts

    def text(self, report: str) -> str | None:
        return self._texts.get(report)

    def pages(self, report: str) -> tuple[int, ...]:
        return (0, 20)


def _exchange(question: str = "疏浚多少？", text: str = TEXT) -> Exchange:
    quote = "全年疏浚航道74公里。"
    start = text.index(quote)
    cited = Citation(id=1, report="a", section=(), start=start, end=start + len(quote), line=2, quote=quote)
    answer = Answer(
        question=question, standalone_question=question, status="answered", route="figure",
        answer="74公里[1]。", citations=(cited,),
    )  # fmt: skip
    return Exchange(question=question, answer=answer, checksums=checksums_of(answer, Texts(a=text)))


@pytest.fixture(params=["sqlite", "postgresql"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    """In a file, and on a server."""
    on_server = request.param == "postgresql"
    return Archive(database_of(tmp_path, request.getfixturevalue("database_url") if on_server else ""))


@pytest.fixture
def filed(tmp_path: Path) -> Archive:
    return Archive(database_of(tmp_path))


def test_a_conversation_is_read_as_it_was_added(archive: Archive) -> None:
    said = [_exchange(), Exchange(question="？", fault="问题里没有字。")]
    assert archive.add(MINE, "c1", said) == 1
    kept = archive.read(MINE, "c1")
    assert kept is not None
    assert kept.exchanges == tuple(said)
    assert [summary.title for summary in archive.conversations(MINE)] == ["疏浚多少？"]


def test_another_owner_neither_sees_nor_touches_it(archive: Archive) -> None:
    said = _exchange()
    archive.add(MINE, "c1", [said])
    assert archive.read(YOURS, "c1") is None
    assert archive.version(YOURS, "c1") is None
    assert archive.conversations(YOURS) == ()
    archive.rename(YOURS, "c1", "改")
    archive.delete(YOURS, "c1")
    for change in (
        lambda: archive.rate(YOURS, "c1", said.key, "down"),
        lambda: archive.withdraw(YOURS, "c1", said.key),
        lambda: archive.add(YOURS, "c1", [_exchange()]),
    ):
        with pytest.raises(ArchiveError):
            change()
    kept = archive.read(MINE, "c1")
    assert kept is not None
    assert (kept.title, kept.exchanges) == ("疏浚多少？", (said,))


def test_the_key_itself_is_not_in_the_database(tmp_path: Path) -> None:
    Archive(database_of(tmp_path)).add(owner_of("秘密的钥匙"), "c1", [_exchange()])
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "秘密的钥匙".encode() not in files
    assert MINE.encode() not in files


def test_two_windows_add_behind_each_other(archive: Archive) -> None:
    first, second, third = (_exchange(question) for question in ("一", "二", "三"))
    other = Archive(archive._engine.url)
    assert archive.add(MINE, "c1", [first]) == 1
    assert other.add(MINE, "c1", [second]) == 2
    assert archive.add(MINE, "c1", [third]) == 3
    kept = archive.read(MINE, "c1")
    assert kept is not None
    assert [each.question for each in kept.exchanges] == ["一", "二", "三"]


def test_a_question_asked_in_other_words_takes_those_after_it_along(archive: Archive) -> None:
    said = [_exchange(question) for question in ("一", "二", "三")]
    archive.add(MINE, "c1", said)
    archive.withdraw(MINE, "c1", said[1].key)
    kept = archive.read(MINE, "c1")
    assert kept is not None
    assert [each.question for each in kept.exchanges] == ["一"]


def test_a_rating_is_kept_with_its_reason_for_the_evaluation(archive: Archive) -> None:
    said = _exchange()
    archive.add(MINE, "c1", [said, _exchange("另一个")])
    archive.rate(MINE, "c1", said.key, "down", "数字不对")
    assert [(each.question, each.reason) for each in archive.rated()] == [("疏浚多少？", "数字不对")]


def test_an_exchange_that_is_there_already_is_kept_once(archive: Archive) -> None:
    first, second = _exchange("一"), _exchange("二")
    archive.add(MINE, "c1", [first])
    archive.add(MINE, "c1", [first, second])
    kept = archive.read(MINE, "c1")
    assert kept is not None
    assert [each.question for each in kept.exchanges] == ["一", "二"]


def test_a_deleted_conversation_leaves_nothing(archive: Archive) -> None:
    archive.add(MINE, "c1", [_exchange()])
    archive.delete(MINE, "c1")
    with archive._engine.connect() as connection:
        assert connection.exec_driver_sql("select count(*) from jushi_exchanges").scalar_one() == 0


def test_a_long_question_makes_a_short_title(archive: Archive) -> None:
    archive.add(MINE, "c1", [_exchange("长" * 500)])
    assert len(archive.conversations(MINE)[0].title) == TITLE_CHARACTERS


def test_a_full_disk_is_a_sentence_and_what_was_there_stays(filed: Archive, tmp_path: Path) -> None:
    filed.add(MINE, "c1", [_exchange("一")])
    with filed._engine.connect() as connection:
        pages = connection.exec_driver_sql("pragma page_count").scalar_one()
        connection.exec_driver_sql(f"pragma max_page_count = {pages}")
        raw = connection.connection.dbapi_connection
        assert raw is not None
    with pytest.raises(ArchiveError, match="磁盘已满"):
        filed.add(MINE, "c1", [_exchange("二" * 200_000)])
    kept = Archive(database_of(tmp_path)).read(MINE, "c1")
    assert kept is not None
    assert [each.question for each in kept.exchanges] == ["一"]


def test_a_folder_that_is_gone_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="打不开"):
        Archive(database_of(tmp_path / "nowhere")).conversations(MINE)


def test_a_citation_of_an_unchanged_report_stays() -> None:
    said = _exchange()
    assert said.answer is not None
    assert anchored(said, Texts(a=TEXT)).answer == said.answer


def test_a_quotation_that_moved_is_found_again_nearest_to_where_it_stood() -> None:
    said = _exchange()
    text = "目录\n全年疏浚航道74公里。\n说明\n" + TEXT
    shown = anchored(said, Texts(a=text))
    assert shown.stale == {}
    (citation,) = shown.answer.citations
    assert text[citation.start : citation.end] == citation.quote
    assert (citation.line, citation.start) == (2, 3)
    assert citation.page == 1


@pytest.mark.parametrize("texts", [Texts(), Texts(a="一、航道\n全年疏浚航道75公里。\n")])
def test_a_quotation_that_is_gone_is_stale_and_keeps_its_words(texts: Texts) -> None:
    shown = anchored(_exchange(), texts)
    assert list(shown.stale) == [1]
    assert shown.answer.citations[0].quote == "全年疏浚航道74公里。"


def test_an_exchange_kept_without_checksums_is_looked_for_too() -> None:
    assert anchored(replace(_exchange(), checksums={}), Texts(a="前" + TEXT)).stale == {}
