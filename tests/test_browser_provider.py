"""Logging in by an identity provider with a browser, by Streamlit's own means."""

import os
import socket
from pathlib import Path

from identity_provider import CLIENT, SECRET, providing
from playwright.sync_api import Browser, expect
from two_bureaus import OWN, TEXTS

from assistant.people.people import open_people
from assistant.web.serving import serving
from corpus.settings import Settings
from index.build import build
from index.place import Place

pytest_plugins = ["browser_fixtures"]

_SECRETS = """
[auth]
redirect_uri = "http://localhost:{port}/oauth2callback"
cookie_secret = "only for this test, and long enough for it"
client_id = "{client}"
client_secret = "{secret}"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


def test_whom_the_provider_vouches_for_is_let_in_and_out_again(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / OWN).write_text(TEXTS[OWN], encoding="utf-8")
    place = Place(folder=tmp_path / "store")
    assert build(place, [tmp_path / OWN]).failures == ()
    people = open_people(Settings(store=place.folder, login="oidc"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with providing(sub="7", preferred_username="hu", email="hu@office.example") as provider:
        secrets = tmp_path / "secrets.toml"
        secrets.write_text(_SECRETS.format(port=port, client=CLIENT, secret=SECRET, provider=provider.address))
        environment = {
            **os.environ, "JUSHI_STORE": str(place.folder), "JUSHI_LOGIN": "oidc",
            "STREAMLIT_SECRETS_FILES": str(secrets),
        }  # fmt: skip
        with serving(environment, port=port) as address:
            context = browser.new_context(locale="zh-CN")
            page = context.new_page()
            page.goto(address)
            page.locator(".st-key-provider button").click()
            expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
            account = people.accounts.held("hu")
            assert (account.role, account.is_local) == ("reader", False)
            page.goto(f"{address}/account")
            page.reload()
            expect(page.get_by_text("可以看：0 份报告")).to_be_visible()
            assert [entry.event for entry in people.audit.entries(events=["login"])] == ["login"]
            page.locator(".st-key-sign_out button").click()
            page.locator(".st-key-provider button").click()  # out, and in again
            expect(page.get_by_test_id("stChatInputTextArea")).to_be_visible()
            people.accounts.set_disabled("hu", True)
            page.reload()
            expect(page.locator(".st-key-provider button")).to_be_visible()
            page.locator(".st-key-leave button").click()
            page.wait_for_load_state()
            expect(page.locator(".st-key-leave button")).to_have_count(0)
            context.close()
