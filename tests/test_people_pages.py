"""The pages where people log in: who gets in, what a reader of one bureau sees on every page, what is written down."""

import json
import time
from collections.abc import Callable, Iterator

import pytest
import streamlit as st
from drawn_pages import APP, errors_of, html_of, open_page, run_again
from google.protobuf.text_format import MessageToString
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash
from two_bureaus import HIDDEN, OWN, TEXTS, secrets_in

from assistant.archive.archive import owner_of
from assistant.keeping.job import Jobs, JobState
from assistant.keeping.uploads import Upload
from assistant.people.account import EVERYONE, Account, Role
from assistant.people.login import MOST_OF_ACCOUNT
from assistant.people.people import People, open_people
from assistant.web import identity, upkeep, visibility, watching
from corpus.settings import settings
from index.build import build
from index.place import Place
from index.store import Store

pytest_plugins = ["drawn_pages"]

PASSWORD = "山前 七棵 青杨 1964"
READABLE = ("ask", "indicators", "report", "checking", "reports", "account")
QUESTION = "护林员有多少人？"


@pytest.fixture(scope="module")
def bureaus(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("bureaus")
    paths = [folder / name for name in TEXTS]
    for path in paths:
        path.write_text(TEXTS[path.name], encoding="utf-8")
    place = Place(folder=folder / "store")
    assert build(place, paths).failures == ()
    return place


@pytest.fixture
def people(bureaus: Place, monkeypatch: pytest.MonkeyPatch) -> Iterator[People]:
    """The office's accounts, new for each test; the pages ask for a login."""
    for name in bureaus.folder.glob("conversations.sqlite*"):
        name.unlink()
    monkeypatch.setenv("JUSHI_STORE", str(bureaus.folder))
    monkeypatch.setenv("JUSHI_LOGIN", "local")
    monkeypatch.setattr(upkeep, "Thread", Never)  # it would write while the next test begins anew
    settings.cache_clear()
    st.cache_resource.clear()
    opened = open_people(settings())
    opened.grants.set([OWN], ["水务局"])
    opened.grants.set([HIDDEN], ["林业局"])
    yield opened
    monkeypatch.undo()
    settings.cache_clear()
    st.cache_resource.clear()


@pytest.fixture
def reader(people: People) -> Account:
    """Of one bureau; its words do not cost the time of a password."""
    return account_of(people, "li", "reader", "水务局")


def account_of(people: People, name: str, role: Role, *bureaus: str) -> Account:
    account = people.accounts.admit(f"test|{name}", name)
    people.accounts.set_role(account.name, role)
    people.accounts.set_bureaus(account.name, bureaus)
    return people.accounts.held(account.name)


def page_of(people: People, account: Account, path: str, **query: str) -> AppTest:
    """A page as that account sees it."""
    page = AppTest.from_file(str(APP), default_timeout=60)
    page._page_hash = calc_hash(path)
    for name, value in query.items():
        page.query_params[name] = value
    page.session_state["session_token"] = people.login.begin(account)
    return run_again(page)


def seen(page: AppTest) -> str:
    """Everything the browser is sent, but for what the address said."""
    told: list[str] = []

    def walk(block: object) -> None:
        for child in getattr(block, "children", {}).values():
            walk(child)
        proto = getattr(block, "proto", None)
        if proto is not None:
            told.append(MessageToString(proto, as_utf8=True))
            if getattr(proto, "json", ""):
                told.append(json.dumps(json.loads(proto.json), ensure_ascii=False))

    walk(page._tree)
    return "\n".join(told)


def ask(page: AppTest, question: str) -> AppTest:
    page.chat_input[0].set_value(question)
    return run_again(page)


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("path", [*READABLE, "evaluation", "people"])
def test_without_a_login_there_is_nothing_but_the_login(path: str) -> None:
    page = open_page(path)
    assert page.text_input(key="login_name")
    text = seen(page)
    assert secrets_in(text) == []
    assert "青水" not in text


def test_a_login_opens_the_page_and_logging_out_closes_it(people: People) -> None:
    people.accounts.add("wang", PASSWORD, bureaus=["水务局"], must_change=False)
    page = open_page("account")
    page.text_input(key="login_name").set_value("Wang")
    page.text_input(key="login_password").set_value(PASSWORD)
    page.button[0].click()
    run_again(page)
    assert "青水" not in seen(page)
    assert "可以看：1 份报告" in html_of(page)
    token = page.session_state["session_token"]
    page.button(key="sign_out").click()
    run_again(page)
    assert page.text_input(key="login_name")
    assert people.login.who(token) is None
    assert [entry.event for entry in people.audit.entries()] == ["logout", "login"]


def test_a_wrong_password_is_told_counted_and_written_down(people: People) -> None:
    people.accounts.add("wang", PASSWORD)
    page = open_page("ask")
    for _ in range(MOST_OF_ACCOUNT + 1):
        page.text_input(key="login_name").set_value("wang")
        page.text_input(key="login_password").set_value("不是这个密码")
        page.button[0].click()
        run_again(page)
    assert "失败的次数太多" in errors_of(page)[0]
    events = [entry.event for entry in people.audit.entries()]
    assert events == ["locked", *["login_refused"] * MOST_OF_ACCOUNT]
    assert "不是这个密码" not in str(people.audit.entries())


def test_a_password_that_was_given_has_to_be_changed_first(people: People) -> None:
    people.accounts.add("wang", PASSWORD)
    page = page_of(people, people.accounts.held("wang"), "indicators")
    assert "设置新密码" in html_of(page)
    for key, value in (("old_password", PASSWORD), ("new_password", "九曲 河湾 白鹭 2046 归")):
        page.text_input(key=key).set_value(value)
    page.text_input(key="new_password_again").set_value("九曲 河湾 白鹭 2046 归")
    page.button[0].click()
    assert "设置新密码" not in html_of(run_again(page))


@pytest.mark.parametrize("path", READABLE)
def test_a_reader_s_page_shows_nothing_of_another_bureau(people: People, reader: Account, path: str) -> None:
    assert secrets_in(seen(page_of(people, reader, path))) == []
    if path not in ("ask", "account"):
        editor = account_of(people, "chief", "editor")
        assert secrets_in(seen(page_of(people, editor, path, report=HIDDEN)))


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("indicators", {"report": HIDDEN}), ("indicators", {"indicator": "FIGURE"}),
        ("report", {"report": HIDDEN, "at": "20-40"}), ("reports", {"report": HIDDEN}),
        ("checking", {"report": HIDDEN}), ("ask", {"c": "0" * 24}),
    ],
)  # fmt: skip
def test_a_link_to_what_is_hidden_is_a_link_to_nothing(
    people: People, reader: Account, bureaus: Place, path: str, query: dict[str, str]
) -> None:
    figure = Store.at(bureaus).figures(HIDDEN)[0].id
    there = {name: figure if value == "FIGURE" else value for name, value in query.items()}
    nowhere = {name: value.replace(HIDDEN, "nowhere.txt") for name, value in there.items()}
    page, other = page_of(people, reader, path, **there), page_of(people, reader, path, **nowhere)
    assert secrets_in(seen(page)) == []
    assert [each.value for each in page.warning] == [each.value for each in other.warning]


@pytest.mark.parametrize("path", ["evaluation", "people"])
@pytest.mark.parametrize("role", ["reader", "editor", "evaluator", "administrator"])
def test_a_page_is_there_for_the_roles_that_need_it(people: People, path: str, role: Role) -> None:
    account = account_of(people, "somebody", role, "水务局")
    told = html_of(page_of(people, account, path))
    wanted = {"evaluation": ("evaluator", "administrator"), "people": ("administrator",)}[path]
    title = {"evaluation": "用有标准答案的问题", "people": "每份报告给谁看"}[path]
    assert (title in told) is (role in wanted)


def test_a_filter_and_a_draft_bring_out_nothing_hidden(people: People, reader: Account) -> None:
    page = page_of(people, reader, "indicators")
    page.text_input(key="filter").set_value("护林员")
    assert "没有符合的数据项" in run_again(page).info[0].value
    page = page_of(people, reader, "checking")
    draft = "白杉市聘用护林员915人。新建泵站36座。"
    page.text_area(key="draft").set_value(draft)
    page.button(key="check_draft").click()
    assert secrets_in(seen(run_again(page)), draft) == []


def test_an_answer_a_follow_up_and_the_export_hold_nothing_hidden(people: People, reader: Account) -> None:
    page = ask(page_of(people, reader, "ask"), QUESTION)
    ask(page, "每月补贴多少元？")
    assert secrets_in(seen(page), QUESTION) == []
    for exchange in page.session_state["exchanges"]:
        assert exchange.answer is not None
        assert secrets_in(exchange.answer.answer, QUESTION) == []
    knowing = ask(page_of(people, account_of(people, "hu", "reader", "林业局"), "ask"), QUESTION)
    assert "915" in knowing.session_state["exchanges"][0].answer.answer


def test_a_conversation_belongs_to_its_account(people: People, reader: Account) -> None:
    other = account_of(people, "hu", "reader", "林业局")
    theirs = ask(page_of(people, other, "ask"), QUESTION)
    key = theirs.session_state["conversation"]
    assert people.archive.read(owner_of(f"account:{other.key}"), key) is not None
    page = page_of(people, reader, "ask", c=key)
    assert secrets_in(seen(page)) == []
    assert not page.session_state["exchanges"] if "exchanges" in page.session_state else True


def test_what_was_said_over_a_report_is_withheld_once_it_is_hidden(people: People) -> None:
    """In the window that is open, in the list of conversations, and for the history of the next question."""
    account = account_of(people, "hu", "reader", "林业局", "水务局")
    page = ask(page_of(people, account, "ask"), QUESTION)
    ask(page, "前年呢？")  # a refusal, which may name what it does not cite
    key = page.session_state["conversation"]
    assert "915" in seen(page)
    people.grants.forget([HIDDEN])
    run_again(page)
    assert "915" not in seen(page)
    assert secrets_in(seen(page), QUESTION) == []
    again = page_of(people, account, "ask", c=key)
    assert "不再显示" in seen(again)
    assert secrets_in(seen(again), QUESTION) == []
    assert all(exchange.answer is None for exchange in again.session_state["exchanges"])
    people.grants.set([HIDDEN], [EVERYONE])
    assert "915" in seen(page_of(people, account, "ask", c=key))


def test_a_changed_role_and_a_disabled_account_hold_at_the_next_click(people: People) -> None:
    account = account_of(people, "hu", "editor", "水务局")
    page = page_of(people, account, "reports", report=HIDDEN)
    assert secrets_in(seen(page))
    assert page.get("file_uploader")
    people.accounts.set_role("hu", "reader")
    run_again(page)
    assert secrets_in(seen(page)) == []
    assert not page.get("file_uploader")
    people.accounts.set_disabled("hu", True)
    run_again(page)
    assert page.text_input(key="login_name")
    assert "青水" not in seen(page)


def test_another_account_in_the_same_window_finds_nothing_of_the_one_before(people: People, reader: Account) -> None:
    page = ask(page_of(people, account_of(people, "hu", "reader", "林业局"), "ask"), QUESTION)
    page.session_state["session_token"] = people.login.begin(reader)
    page.query_params.clear()
    run_again(page)
    assert secrets_in(seen(page)) == []


def test_questions_and_exports_are_written_down_and_counted(
    people: People, reader: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUSHI_QUESTIONS_PER_MINUTE", "1")
    settings.cache_clear()
    st.cache_resource.clear()
    page = ask(page_of(people, reader, "ask"), "新建泵站多少座？")
    ask(page, "整治河道多少公里？")
    answered, refused = page.session_state["exchanges"]
    assert answered.answer is not None
    assert refused.answer is None and "提问太快" in refused.fault
    (entry,) = people.audit.entries(events=["question"])
    assert entry.account == "li"
    assert entry.detail["reports"] == [OWN]
    assert "泵站" not in str(entry.detail)


def test_a_file_that_is_taken_is_written_down(people: People, reader: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "required", lambda: reader)
    made: Callable[[], bytes] = watching.exported("csv", lambda: b"1")
    assert people.audit.entries(events=["export"]) == ()
    assert made() == b"1"
    assert people.audit.entries(events=["export"])[0].detail == {"what": "csv"}


def test_a_job_that_names_reports_is_shown_to_editors_alone(
    people: People, reader: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Jobs, "state", lambda self: JobState(title="加入《白杉林业》", code=0))
    assert "白杉" in seen(page_of(people, account_of(people, "hu", "editor"), "reports", report=OWN))
    assert secrets_in(seen(page_of(people, reader, "reports"))) == []


def test_an_administrator_changes_an_account_on_the_page(people: People, reader: Account) -> None:
    page = page_of(people, account_of(people, "chief", "administrator"), "people")
    page.selectbox(key="account").set_value("li")
    run_again(page)
    page.checkbox(key="disabled-li").set_value(True)
    page.selectbox(key="role-li").set_value("editor")
    next(button for button in page.button if button.label == "保存").click()
    run_again(page)
    held = people.accounts.held("li")
    assert (held.role, held.disabled) == ("editor", True)
    (entry,) = people.audit.entries(events=["account"])
    assert (entry.account, entry.detail["of"]) == ("chief", "li")


def test_an_editor_decides_who_sees_a_report(people: People) -> None:
    page = page_of(people, account_of(people, "hu", "editor"), "reports", report=HIDDEN)
    page.multiselect(key=f"seen-by-{HIDDEN}").set_value(["水务局"])
    run_again(page).button(key="save_visibility").click()
    run_again(page)
    assert people.grants.of(HIDDEN) == ("水务局",)


def test_the_page_purges_once_a_day(people: People, reader: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep, "Thread", Now)
    page_of(people, reader, "account")
    page_of(people, reader, "account")
    assert [entry.event for entry in people.audit.entries(events=["purge"])] == ["purge"]


class Never:
    """A thread that never begins."""

    def __init__(self, **_: object) -> None:
        """Nothing is kept."""

    def start(self) -> None:
        """Nothing is done."""


class Now:
    """A thread that is done when it has begun."""

    def __init__(self, *, target: Callable[[], None], **_: object) -> None:
        self.start = target


def claims(people: People, monkeypatch: pytest.MonkeyPatch, **changed: object) -> Account | None:
    """Whom the page sees where an identity provider vouches with these claims."""
    told = {"iss": "https://id.example", "sub": "7", "email": "hu@office.example", "iat": time.time(), **changed}

    class User:
        is_logged_in = True

        def to_dict(self) -> dict[str, object]:
            return told

    monkeypatch.setenv("JUSHI_LOGIN", "oidc")
    settings.cache_clear()
    monkeypatch.setattr(st, "user", User())
    return identity.account()


def test_whom_a_provider_vouches_for_is_a_reader_until_somebody_decides(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = claims(people, monkeypatch)
    assert account is not None
    assert (account.name, account.role, account.bureaus, account.is_local) == ("hu@office.example", "reader", (), False)
    assert identity.visible() == frozenset()
    people.grants.set([OWN], [EVERYONE])
    assert identity.visible() == {OWN}


@pytest.mark.parametrize("changed", [{"iat": 0}, {"iat": None}, {"sub": ""}])
def test_an_old_or_incomplete_word_of_a_provider_is_none(
    people: People, monkeypatch: pytest.MonkeyPatch, changed: dict[str, object]
) -> None:
    assert claims(people, monkeypatch, **changed) is None
    assert identity.visible() == frozenset()


def test_a_provider_s_account_that_is_disabled_is_out_at_once(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    account = claims(people, monkeypatch)
    assert account is not None
    people.accounts.set_disabled(account.name, True)
    assert identity.account() is None
    people.accounts.set_disabled(account.name, False)
    assert identity.account() is None  # the provider's word is from before
    assert claims(people, monkeypatch, iat=time.time() + 1) is not None


def test_a_new_report_is_seen_by_whom_it_was_added_for_and_not_by_a_namesake_s_readers(people: People) -> None:
    for chosen in ((), ("水务局",)):
        people.grants.set(["new.txt"], ["林业局"])  # a report of that name was there once
        visibility.set_for_new([Upload(name="new.txt", data=b"1")], chosen)
        assert people.grants.of("new.txt") == chosen


def test_who_may_see_nothing_yet_is_told_so(people: People) -> None:
    account = account_of(people, "new", "reader")
    for path in READABLE:
        page = page_of(people, account, path)
        assert errors_of(page) == []
        assert secrets_in(seen(page)) == []
    for question in ("有哪些报告？", QUESTION, "存在什么问题？", "3174", "去年和前年比呢？"):
        page = ask(page_of(people, account, "ask"), question)
        (exchange,) = page.session_state["exchanges"]
        assert (exchange.answer, "部门" in exchange.fault) == (None, True)


def test_a_click_after_the_right_was_taken_away_changes_nothing(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[object] = []
    monkeypatch.setattr(Jobs, "start", lambda self, *told, **_: started.append(told))
    page = page_of(people, account_of(people, "hu", "editor"), "reports", report=HIDDEN)
    page.button(key="remove").click()
    run_again(page)
    people.accounts.set_role("hu", "reader")
    page.button(key="remove_really").click()
    run_again(page)
    assert started == []
    assert people.grants.of(HIDDEN) == ("林业局",)
    assert people.audit.entries(events=["remove"]) == ()
