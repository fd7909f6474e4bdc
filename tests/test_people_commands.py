"""`python -m assistant accounts …`: what an administrator does at the terminal, with exit codes and an audit entry."""

import io
import json
from pathlib import Path

import pytest

from assistant.__main__ import main
from assistant.people.people import People, open_people
from corpus.settings import Settings

PASSWORD = "山前 七棵 青杨 1964"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    def command(*arguments: str, typed: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main(["accounts", "--store", str(tmp_path), *arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


@pytest.fixture
def people(tmp_path: Path) -> People:
    return open_people(Settings(store=tmp_path))


def test_an_account_is_made_changed_locked_out_and_removed(run, people: People) -> None:  # type: ignore[no-untyped-def]
    code, said = run("add", "Li.Lei", "--role", "editor", "--bureau", "水务局", typed=PASSWORD + "\n")
    assert (code, "li.lei" in said, PASSWORD in said) == (0, True, False)
    assert run("list")[1] == "li.lei\t编辑\t水务局\t本地\t正常\n"
    assert run("role", "li.lei", "reader")[0] == run("bureaus", "li.lei", "林业局", "水务局")[0] == 0
    assert people.accounts.held("li.lei").bureaus == ("林业局", "水务局")
    token = people.login.sign_in("li.lei", PASSWORD, "a")
    assert run("password", "li.lei", typed="九曲 河湾 白鹭 2046 归\n")[0] == 0
    assert people.login.who(token) is None
    assert run("disable", "li.lei")[0] == run("enable", "li.lei")[0] == run("unlock", "li.lei")[0] == 0
    assert run("remove", "li.lei")[0] == 0
    assert people.accounts.all() == ()
    events = [json.loads(line) for line in run("audit")[1].splitlines()]
    assert {entry["event"] for entry in events} == {"account"}
    assert [entry.get("role") for entry in events[:2]] == ["editor", "reader"]


@pytest.mark.parametrize(
    ("arguments", "typed", "told"),
    [
        (("add", "li"), "short\n", "12 到 128"), (("add", "李 雷"), PASSWORD, "不能作账户名"),
        (("role", "li", "reader"), "", "没有账户"),
        (("role", "li", "king"), "", "king"), (("visible", "--report", "nowhere.txt", "水务局"), "", ""),
    ],
)  # fmt: skip
def test_a_mistake_is_told_and_nothing_is_changed(  # type: ignore[no-untyped-def]
    run, people: People, arguments: tuple[str, ...], typed: str, told: str
) -> None:
    try:
        code, said = run(*arguments, typed=typed)
    except SystemExit as error:  # argparse
        code, said = int(error.code or 0), told
    assert told in said
    assert code == (0 if arguments[0] == "visible" else 2)  # without an index a name cannot be known to be wrong
    assert people.accounts.all() == ()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["accounts", "--store", str(tmp_path / "none"), "list"]) == 2
    said = capsys.readouterr().err
    assert "make build" in said
    assert "Traceback" not in said
