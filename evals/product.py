"""The program under evaluation and what it ran on: the one file of evals that opens assistant and index."""

import importlib
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from corpus.settings import PROJECT, Settings, settings
from evals.answering import Answerer
from evals.run_folder import Json
from index.manifest import Manifest
from index.place import configured_place
from index.store import Store

SECRETS = {"llm_api_key", "admin_password"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reports:
    """What an index holds: source texts and checksums by report name, and its manifest."""

    texts: dict[str, str]
    checksums: dict[str, str]
    manifest: Manifest


def open_product(store: Path | None) -> Answerer:
    """The assistant over an index, opened in the process that calls this."""
    module = importlib.import_module("assistant.assistant")
    return cast(Answerer, module.Assistant.open(_settings(store)))


def open_store(store: Path | None) -> Store:
    """The index to be evaluated.

    Raises:
        StoreError: there is none, or it is out of date.
    """
    return Store.at(configured_place(store))


def read_reports(store: Store) -> Reports:
    found = store.reports()
    return Reports(
        texts={metadata.report: store.source_text(metadata.report) for metadata in found},
        checksums={metadata.report: metadata.checksum for metadata in found},
        manifest=store.manifest(),
    )


def provenance(store: Path | None, reports: Reports) -> dict[str, Json]:
    """What ran, so that two runs can be told apart: no secret, no path of this machine."""
    chosen = _settings(store).model_dump(mode="json", exclude=SECRETS | {"store"})
    return {
        "commit": _git("rev-parse", "HEAD"),
        "changed_files": len((_git("status", "--porcelain", "--untracked-files=no") or "").splitlines()),
        "python": platform.python_version(),
        "settings": chosen,
        "reports": reports.checksums,
        "index": {
            "format": reports.manifest.format,
            "model": reports.manifest.model,
            "lexicon": reports.manifest.lexicon,
            "passages": reports.manifest.passages,
        },
    }


def _settings(store: Path | None) -> Settings:
    return settings() if store is None else settings().model_copy(update={"store": store})


def _git(*arguments: str) -> str | None:
    """What git says of the project; None outside a clone or without git."""
    command: Sequence[str] = ("git", "-C", str(PROJECT), *arguments)
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
