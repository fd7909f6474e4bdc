"""Pytest plugin of the tests with real servers: one PostgreSQL and one `chroma run` for all of them.

Without PostgreSQL they are skipped and the run ends with "server tests NOT RUN: reason"; REQUIRE_SERVERS=1 makes
that a failure. A test that kills a server starts it again before it ends.
"""

import os
from collections.abc import Iterator

import pytest

from index.place import Place
from tests.servers import ChromaServer, PostgreSQL, postgresql_programs

NOT_RUN = "server tests NOT RUN: "


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    programs = postgresql_programs()
    if programs is None:
        reason = NOT_RUN + "no PostgreSQL server on this machine (Debian: apt-get install postgresql)"
        if os.environ.get("REQUIRE_SERVERS") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with PostgreSQL(programs) as running:
        yield running


@pytest.fixture(scope="session")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    with ChromaServer(tmp_path_factory.mktemp("chroma")) as running:
        yield running


@pytest.fixture
def database_url(postgresql: PostgreSQL) -> str:
    """A database of the test's own."""
    return postgresql.database()


@pytest.fixture
def served_place(tmp_path_factory: pytest.TempPathFactory, database_url: str, chroma: ChromaServer) -> Place:
    """An empty place on both servers."""
    return Place(folder=tmp_path_factory.mktemp("served"), database_url=database_url, chroma_url=chroma.url)
