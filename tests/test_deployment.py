"""What the deployment files and their guide name exists: settings, files, commands, metrics; the mirrors agree."""

import re
from pathlib import Path

import pytest
import yaml

from assistant.operations.metrics import Metrics, Serving
from corpus.settings import PREFIX, Settings

PROJECT = Path(__file__).resolve().parent.parent
DEPLOY = PROJECT / "deploy"
GUIDE = PROJECT / "docs" / "deployment.md"
FILES = sorted(path for path in DEPLOY.rglob("*") if path.suffix != ".pyc" and path.is_file())
KNOWN = {PREFIX + name.upper() for name in Settings.model_fields}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [*FILES, GUIDE], ids=lambda path: path.name)
def test_every_setting_named_is_one(path: Path) -> None:
    assert set(re.findall(r"\bJUSHI_[A-Z_]+\b", _text(path))) <= KNOWN


def test_the_settings_file_is_taken_as_it_stands() -> None:
    lines = [line for line in _text(DEPLOY / "jushi.env").splitlines() if line.startswith(PREFIX)]
    assert len(lines) >= 5
    values = {name.removeprefix(PREFIX).lower(): value for name, _, value in (line.partition("=") for line in lines)}
    assert Settings(**values).trusted_proxies == 1  # type: ignore[arg-type]


def test_every_file_the_guide_names_is_there() -> None:
    named = set(re.findall(r"\bdeploy/[\w./@-]+\w", _text(GUIDE)))
    assert len(named) >= 5
    assert [name for name in sorted(named) if not (PROJECT / name).exists() and name != "deploy/docker/tls"] == []


def test_every_metric_the_guide_names_is_counted() -> None:
    shown = Metrics()
    shown.watch_index(lambda: Serving(generation=1, built=0.0, reports=1))
    counted = set(re.findall(r"# TYPE (\w+)", shown.text().decode()))
    named = set(re.findall(r"`(jushi_\w+)", _text(GUIDE)))
    assert len(named) >= 8
    assert sorted(name.removesuffix("_bucket") for name in named if name.removesuffix("_bucket") not in counted) == []


def test_the_proxy_of_the_containers_is_the_one_of_the_guide() -> None:
    def rules(path: Path) -> list[str]:
        lines = [line.split("#")[0].strip() for line in _text(path).splitlines()]
        return [re.sub(r"^server \S+:850\d", "server APP", line) for line in lines if line]

    assert rules(DEPLOY / "docker" / "nginx.conf") == rules(DEPLOY / "nginx.conf")


def test_units_and_containers_start_modules_that_exist() -> None:
    started = [line for path in FILES for line in _text(path).splitlines() if " -m " in line or '"-m"' in line]
    modules = {name for line in started for name in re.findall(r'-m"?,? "?([a-z]+(?:\.[a-z_]+)*)', line)} - {"venv"}
    assert "assistant.web.server" in modules
    for module in modules - {"pip", "streamlit"}:
        path = PROJECT.joinpath(*module.split("."))
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module


def test_two_app_containers_share_servers_and_have_folders_of_their_own() -> None:
    services = yaml.safe_load(_text(DEPLOY / "docker" / "compose.yaml"))["services"]
    one, two = services["app-1"], services["app-2"]
    assert one["environment"] == two["environment"]
    assert one["volumes"] != two["volumes"]
    assert one["stop_grace_period"] == "60s"
