"""Logging in with a browser: the cookie no script can read, a reload, logging out, narrow and wide, light and dark."""

import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_fixtures import ask, has_no_sideways_scroll
from playwright.sync_api import Browser, Page, expect
from two_bureaus import HIDDEN, OWN, TEXTS, secrets_in

from assistant.people.people import People, open_people
from assistant.web.serving import serving
from corpus.settings import Settings
from index.build import build
from index.place import Place

pytest_plugins = ["browser_fixtures"]

PASSWORD = "山前 七棵 青杨 1964"


@pytest.fixture(scope="module")
def people(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> People:
    folder = tmp_path_factory.mktemp("office")
    paths = [folder / name for name in TEXTS]
    for path in paths:
        path.write_text(TEXTS[path.name], encoding="utf-8")
    place = Place(folder=folder / "store")
    assert build(place, paths).failures == ()
    opened = open_people(Settings(store=place.folder, login="local"))
    opened.accounts.add("li", PASSWORD, bureaus=["水务局"], must_change=False)
    opened.accounts.add("chief", PASSWORD, role="administrator", must_change=False)
    opened.grants.set([OWN], ["水务局"])
    return opened


@pytest.fixture(scope="module")
def office(people: People) -> Iterator[str]:
    environment = {**os.environ, "JUSHI_STORE": str(people.settings.store), "JUSHI_LOGIN": "local"}
    with serving(environment) as running:
        yield running


def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.locator(".st-key-login_name input").fill(name)
    page.locator(".st-key-login_password input").fill(password)
    page.locator(".st-key-login_password input").press("Enter")


def cookie_of(page: Page) -> dict[str, object] | None:
    return next((dict(each) for each in page.context.cookies() if each.get("name") == "jushi_session"), None)


def test_a_login_outlives_a_reload_and_ends_with_logging_out(visit: Page, office: str, people: People) -> None:
    page = visit
    page.goto(office)
    expect(page.locator(".st-key-login_name input")).to_be_visible()
    expect(page.locator(".st-key-links a")).to_have_count(0)
    log_in(page, "li", "不是这个密码")
    expect(page.get_by_text("账户名或密码不对")).to_be_visible()
    log_in(page, "li")
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
    page.wait_for_timeout(500)
    cookie = cookie_of(page)
    assert cookie is not None
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/")
    assert str(cookie["value"]) not in page.evaluate("document.cookie")
    page.reload()
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
    ask(page, "护林员有多少人？")
    assert secrets_in(page.content(), "护林员有多少人？") == []
    page.goto(f"{office}/report?report={HIDDEN}")
    expect(page.get_by_text("链接里的报告已不在索引中")).to_be_visible()
    page.goto(f"{office}/evaluation")
    page.goto(f"{office}/account")
    page.locator(".st-key-sign_out button").click()
    expect(page.locator(".st-key-login_name input")).to_be_visible()
    page.reload()
    expect(page.locator(".st-key-login_name input")).to_be_visible()
    assert people.login.who(str(cookie["value"])) is None


def test_the_route_of_the_session_takes_no_dead_token_and_no_other_site(office: str) -> None:
    def status(token: str, **headers: str) -> int:
        request = urllib.request.Request(f"{office}/session", data=token.encode(), headers=headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code

    assert status("") == 204
    assert status("never-given-out") == 403
    assert status("", **{"Sec-Fetch-Site": "cross-site"}) == 403
    assert status("x" * 100_000) == 403


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_pages_of_people_fit_the_screen(
    browser: Browser, office: str, people: People, width: int, scheme: str, tmp_path: Path
) -> None:
    people.login.unlock("chief")
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        locale="zh-CN",
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    shots = Path(os.environ.get("SCREENSHOTS") or tmp_path)
    page.goto(office)
    expect(page.locator(".st-key-login_name input")).to_be_visible()
    assert has_no_sideways_scroll(page)
    page.screenshot(path=shots / f"login-{width}-{scheme}.png")
    log_in(page, "chief")
    expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
    page.wait_for_timeout(500)
    for path in ("account", "people", f"reports?report={OWN}"):
        page.goto(f"{office}/{path}")
        expect(page.locator(".jushi-page-title")).to_be_visible()
        page.locator(".stApp[data-test-script-state=notRunning]").wait_for()
        if "reports" in path:
            page.get_by_role("tab", name="谁可以看").click()
        page.wait_for_timeout(400)
        assert has_no_sideways_scroll(page), path
        page.screenshot(path=shots / f"{path.split('?', maxsplit=1)[0]}-{width}-{scheme}.png", full_page=True)
    page.goto(f"{office}/people")
    page.get_by_role("tab", name="审计记录").click()
    page.wait_for_timeout(400)
    assert has_no_sideways_scroll(page)
    page.screenshot(path=shots / f"log-{width}-{scheme}.png", full_page=True)
    context.close()
    assert json.dumps([entry.event for entry in people.audit.entries()]).count("login")
