"""Accounts, logins, grants, the audit log and retention, over a real database."""

import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from assistant.answer import Answer
from assistant.archive.archive import owner_of
from assistant.archive.exchange import Exchange
from assistant.people import database as tables
from assistant.people.account import EVERYONE, ROLES, PeopleError
from assistant.people.login import LOCKED, MOST_OF_ACCOUNT, MOST_OF_ADDRESS, REFUSED, LockedError
from assistant.people.people import People, open_people
from assistant.people.retention import purge
from assistant.people.scopes import ALL
from corpus.settings import Settings
from index.database import database_of, migrate, open_database

pytest_plugins = ["server_fixtures"]

PASSWORD = "山前 七棵 青杨 1964"
OTHER = "渡口 三盏 灯笼 夜航船"


@pytest.fixture
def people(tmp_path: Path) -> People:
    return open_people(Settings(store=tmp_path, login="local"))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[timedelta]]:
    """A clock that the test sets forward: what is in the list is added to the time of day."""
    ahead = [timedelta()]

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Clock":  # type: ignore[override]
            moment = datetime.now(UTC) + ahead[0]
            return cls.fromisoformat(moment.isoformat())

    for module in ("database", "counts", "login", "retention"):
        monkeypatch.setattr(f"assistant.people.{module}.datetime", Clock)
    yield ahead


def test_the_schema_is_the_one_these_tables_say(tmp_path: Path) -> None:
    engine = open_database(database_of(tmp_path))
    migrate(engine)
    made = sa.MetaData()
    made.reflect(engine)
    for table in tables.METADATA.sorted_tables:
        columns = {column.name: (str(column.type), column.nullable) for column in table.columns}
        assert {c.name: (str(c.type), c.nullable) for c in made.tables[table.name].columns} == columns


def test_who_logs_in_is_known_until_logging_out(people: People) -> None:
    people.accounts.add("Li.Lei", PASSWORD, role="editor", bureaus=["水务局"])
    token = people.login.sign_in(" li.lei ", PASSWORD, "10.0.0.7")
    account = people.login.who(token)
    assert account is not None
    assert (account.name, account.role, account.bureaus) == ("li.lei", "editor", ("水务局",))
    assert people.login.who(token + "x") is None
    people.login.sign_out(token)
    assert people.login.who(token) is None


def test_each_login_has_a_token_of_its_own_and_the_database_holds_none_of_them(people: People, tmp_path: Path) -> None:
    people.accounts.add("li", PASSWORD)
    tokens = [people.login.sign_in("li", PASSWORD, "a") for _ in range(2)]
    assert tokens[0] != tokens[1]
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"$argon2id$" in held
    assert not [secret for secret in (*tokens, PASSWORD) if secret.encode() in held]


@pytest.mark.parametrize(
    "password",
    ["short one", "123456789012", "aaaaaaaaaaaaaaaa", "qwertyuiop123", "password1234", "lilei-lilei-lilei", "密" * 129],
)
def test_a_weak_password_is_refused(people: People, password: str) -> None:
    with pytest.raises(PeopleError):
        people.accounts.add("lilei", password)
    assert people.accounts.all() == ()


@pytest.mark.parametrize("password", ["Zm9v kQ7! pelican", "春江 潮水 连海 平沙湖", "x" + "纸船灯塔风铃雨伞" * 15])
def test_long_passwords_of_any_characters_are_taken_whole(people: People, password: str) -> None:
    people.accounts.add("li", password)
    assert people.login.sign_in("li", password, "a")
    with pytest.raises(PeopleError):
        people.login.sign_in("li", password[:-1], "a")


def test_wrong_name_wrong_password_and_disabled_account_get_one_sentence(people: People) -> None:
    people.accounts.add("li", PASSWORD)
    people.accounts.add("wang", PASSWORD)
    people.accounts.set_disabled("wang", True)
    people.accounts.admit("https://id.example|7", "zhao")  # has no password here
    for name, password in (("nobody", PASSWORD), ("li", OTHER), ("wang", PASSWORD), ("zhao", PASSWORD), ("", "")):
        with pytest.raises(PeopleError, match=REFUSED):
            people.login.sign_in(name, password, "a")


def test_an_unknown_account_takes_as_long_as_a_known_one(people: People) -> None:
    people.accounts.add("li", PASSWORD)

    def taken(name: str) -> float:
        times = []
        for attempt in range(4):
            started = time.perf_counter()
            with pytest.raises(PeopleError):
                people.login.sign_in(name, OTHER, f"{name}{attempt}")
            times.append(time.perf_counter() - started)
        return statistics.median(times)

    assert 0.5 < taken("nobody") / taken("li") < 2


def test_an_account_is_locked_after_failures_and_opens_again_in_time_or_by_hand(
    people: People, later: list[timedelta]
) -> None:
    people.accounts.add("li", PASSWORD)
    for name in ("li", "no-such-account"):  # a lock does not tell whether there is such an account
        for _ in range(MOST_OF_ACCOUNT):
            with pytest.raises(PeopleError, match=REFUSED):
                people.login.sign_in(name, OTHER, "10.1.1.1")
        with pytest.raises(LockedError, match=LOCKED):
            people.login.sign_in(name, PASSWORD, "10.9.9.9")
    people.login.unlock("li")
    assert people.login.sign_in("li", PASSWORD, "a")
    for _ in range(MOST_OF_ACCOUNT):
        with pytest.raises(PeopleError):
            people.login.sign_in("li", OTHER, "a")
    later[0] = timedelta(minutes=16)
    assert people.login.sign_in("li", PASSWORD, "a")


def test_an_address_is_locked_whatever_names_are_tried(people: People) -> None:
    for number in range(MOST_OF_ADDRESS):
        people.counts.add("address", "10.2.2.2", timedelta(minutes=15))
        assert people.counts.value("address", "10.2.2.2") == number + 1
    people.accounts.add("li", PASSWORD)
    with pytest.raises(LockedError):
        people.login.sign_in("li", PASSWORD, "10.2.2.2")
    assert people.login.sign_in("li", PASSWORD, "10.2.2.3")


def test_a_session_ends_by_time_and_by_idleness(people: People, later: list[timedelta]) -> None:
    people.accounts.add("li", PASSWORD)
    idle = people.login.sign_in("li", PASSWORD, "a")
    later[0] = timedelta(minutes=119)
    assert people.login.who(idle) is not None
    later[0] = timedelta(minutes=119 + 121)
    assert people.login.who(idle) is None
    busy = people.login.sign_in("li", PASSWORD, "a")
    for minutes in range(100, 12 * 60, 100):
        later[0] = timedelta(minutes=240 + minutes)
        assert people.login.who(busy) is not None
    later[0] = timedelta(minutes=240 + 12 * 60 + 1)
    assert people.login.who(busy) is None


def test_a_new_password_ends_every_session_of_before(people: People) -> None:
    account = people.accounts.add("li", PASSWORD)
    first = people.login.sign_in("li", PASSWORD, "a")
    with pytest.raises(PeopleError):
        people.login.change_password(account, OTHER, OTHER, "a")
    fresh = people.login.change_password(account, PASSWORD, OTHER, "a")
    assert people.login.who(first) is None
    held = people.login.who(fresh)
    assert held is not None and not held.must_change
    with pytest.raises(PeopleError):
        people.login.sign_in("li", PASSWORD, "a")


def test_a_changed_role_or_a_disabled_account_holds_from_the_next_request(people: People) -> None:
    people.accounts.add("chief", PASSWORD, role="administrator")
    people.accounts.add("li", PASSWORD, role="editor")
    token = people.login.sign_in("li", PASSWORD, "a")
    people.accounts.set_role("li", "reader")
    account = people.login.who(token)
    assert account is not None and not account.may("see_all")
    people.accounts.set_disabled("li", True)
    assert people.login.who(token) is None
    people.accounts.set_disabled("li", False)
    assert people.login.who(token) is None  # enabled again, it logs in again


def test_the_last_administrator_stays_one(people: People) -> None:
    people.accounts.add("chief", PASSWORD, role="administrator")
    for change in (
        lambda: people.accounts.set_role("chief", "reader"), lambda: people.accounts.set_disabled("chief", True),
    ):  # fmt: skip
        with pytest.raises(PeopleError, match="唯一的管理员"):
            change()


def test_a_provider_s_name_never_takes_over_an_account(people: People) -> None:
    people.accounts.add("li", PASSWORD, role="administrator")
    stranger = people.accounts.admit("https://id.example|1", "li")
    assert stranger.name != "li" and stranger.role == "reader" and stranger.bureaus == ()
    assert people.accounts.admit("https://id.example|1", "renamed") == stranger
    assert people.accounts.admit("https://other.example|1", "li").key != stranger.key


def test_an_account_of_an_old_name_gets_nothing_of_the_old_account(people: People) -> None:
    old = people.accounts.add("li", PASSWORD, bureaus=["林业局"])
    token = people.login.sign_in("li", PASSWORD, "a")
    people.accounts.remove("li")
    assert people.login.who(token) is None
    new = people.accounts.add("li", PASSWORD)
    assert new.key != old.key and new.bureaus == ()


@pytest.mark.parametrize("role", ROLES)
def test_a_reader_sees_what_is_granted_and_others_see_all(people: People, role: str) -> None:
    account = people.accounts.add("li", PASSWORD, role=role, bureaus=["水务局"])  # type: ignore[arg-type]
    assert people.grants.visible(account) == (frozenset() if role == "reader" else None)
    people.grants.set(["a.txt", "b.txt"], ["水务局"])
    people.grants.set(["c.txt"], ["林业局"])
    people.grants.set(["d.txt"], [EVERYONE])
    if role == "reader":
        assert people.grants.visible(account) == {"a.txt", "b.txt", "d.txt"}
        people.grants.set(["b.txt"], ["林业局"])
        people.grants.forget(["d.txt"])
        assert people.grants.visible(account) == {"a.txt"}
    assert people.grants.bureaus() == ("林业局", "水务局")


def test_another_process_s_grant_is_seen_at_once(people: People) -> None:
    account = people.accounts.add("li", PASSWORD, bureaus=["水务局"])
    people.grants.set(["a.txt"], ["水务局"])
    assert people.grants.visible(account) == {"a.txt"}
    open_people(people.settings).grants.forget(["a.txt"])
    assert people.grants.visible(account) == frozenset()


def test_an_old_answer_is_shown_to_who_still_sees_all_it_could_draw_on(people: People) -> None:
    scope = people.scopes.keep({"a.txt", "b.txt"})
    assert people.scopes.keep(["b.txt", "a.txt"]) == scope
    fresh = open_people(people.settings).scopes
    for visible, shown in (({"a.txt", "b.txt", "c.txt"}, True), ({"a.txt"}, False), (None, True)):
        assert fresh.still_seen(scope, visible) is shown
    assert people.scopes.keep(None) == ALL
    assert not fresh.still_seen(ALL, {"a.txt"})
    assert not fresh.still_seen(None, {"a.txt"})
    assert not fresh.still_seen("never kept", {"a.txt"})


def _answer() -> Answer:
    return Answer(
        question="疏浚多少？", standalone_question="疏浚多少？", status="refused", route="none", answer="没有写明。"
    )


@pytest.mark.parametrize("keeps_text", [False, True])
def test_the_audit_log_has_words_only_where_allowed(tmp_path: Path, keeps_text: bool) -> None:
    people = open_people(Settings(store=tmp_path, audit_text=keeps_text))
    people.audit.record("li", "login", address="10.0.0.7")
    people.audit.question("li", "疏浚多少？", _answer())
    people.audit.question("li", "疏浚多少？", None)
    failed, asked, login = people.audit.entries()
    assert (login.event, login.account, login.detail) == ("login", "li", {"address": "10.0.0.7"})
    assert asked.detail["status"] == "refused" and asked.detail["route"] == "none" and asked.detail["reports"] == []
    assert failed.detail["status"] == "fault"
    assert ("疏浚" in str([each.detail for each in people.audit.all()])) is keeps_text


def test_what_is_older_than_the_settings_allow_is_purged(tmp_path: Path, later: list[timedelta]) -> None:
    people = open_people(Settings(store=tmp_path, keep_conversations_days=30, keep_audit_days=90))
    people.archive.add(owner_of("甲"), "c1", [Exchange(question="问")])
    people.audit.record("li", "login")
    people.grants.set(["gone.txt", "here.txt"], ["水务局"])
    assert purge(people, None).conversations == 0
    later[0] = timedelta(days=31)
    purged = purge(people, ["here.txt"])
    assert (purged.conversations, purged.entries, purged.grants) == (1, 0, 1)
    assert people.archive.read(owner_of("甲"), "c1") is None
    assert people.grants.of("here.txt") == ("水务局",)
    later[0] = timedelta(days=91)
    assert purge(people, None).entries == 2
    assert people.audit.entries()[0].event == "purge"


def test_questions_are_counted_by_the_minute(people: People, later: list[timedelta]) -> None:
    counted = [people.counts.add("question", "li", timedelta(minutes=1)) for _ in range(3)]
    assert counted == [1, 2, 3]
    assert people.counts.add("question", "wang", timedelta(minutes=1)) == 1
    later[0] = timedelta(seconds=61)
    assert people.counts.add("question", "li", timedelta(minutes=1)) == 1


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> People:
    url = request.getfixturevalue("database_url") if request.param == "postgresql" else ""
    return open_people(Settings(store=tmp_path, database_url=url, login="local", keep_conversations_days=1))


def test_many_at_once_are_counted_one_by_one_on_either_database(office: People) -> None:
    def count(_: int) -> int:
        return open_people(office.settings).counts.add("account", "li", timedelta(minutes=15))

    office.counts.value("account", "li")  # the schema is there before they come
    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(count, range(24))) == list(range(1, 25))


def test_everything_about_people_works_on_either_database(office: People) -> None:
    office.accounts.add("li", PASSWORD, bureaus=["水务局"])
    office.accounts.admit("https://id.example|7", "hu")
    token = office.login.sign_in("li", PASSWORD, "10.0.0.7")
    account = office.login.who(token)
    assert account is not None
    office.grants.set(["a.txt"], ["水务局", EVERYONE])
    assert office.grants.visible(account) == office.grants.to("水务局") == {"a.txt"}
    assert office.scopes.still_seen(office.scopes.keep({"a.txt"}), {"a.txt"})
    office.archive.add(owner_of("甲"), "c1", [Exchange(question="问", scope=office.scopes.keep(None))])
    kept = office.archive.read(owner_of("甲"), "c1")
    assert kept is not None and kept.exchanges[0].scope == ALL
    office.audit.question("li", "问", _answer())
    assert office.archive.purge(datetime.now(UTC) + timedelta(seconds=1)) == 1
    assert purge(office, []).grants == 1
    assert [entry.event for entry in office.audit.all()] == ["question", "purge"]
    office.login.sign_out(token)
    assert office.login.who(token) is None
    assert office.accounts.remove("li").name == "li"
