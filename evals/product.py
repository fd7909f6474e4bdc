"""The program under evaluation and what it ran on: the one file of evals that opens the assistant."""

import importlib
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from corpus.settings import PROJECT, settings
from evals.answering import Answerer
from index.manifest import Manifest
from index.place import configured_place
from index.store import Store

Setting = str | int | float | bool | None
NOT_KEPT = {"llm_api_key", "admin_password", "store", "database_url", "chroma_url", "llm_base_url"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Reports:
    """What an index holds: source texts and checksums by report name, and its manifest."""

    texts: dict[str, str]
    checksums: dict[str, str]
    manifest: Manifest


def open_product(store: Path) -> Answerer:
    """The assistant over the index in a folder, opened in the process that calls this."""
    module = importlib.import_module("assistant.assistant")
    return cast(Answerer, module.Assistant.open(settings().model_copy(update={"store": store})))


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


def commit() -> tuple[str | None, int]:
    """The project's commit, None outside a clone, and how many tracked files differ from it."""
    return _git("rev-parse", "HEAD"), len((_git("status", "--porcelain", "--untracked-files=no") or "").splitlines())


def public_settings() -> dict[str, Setting]:
    """The settings in force, without secrets and without the path of the store."""
    return settings().model_dump(mode="json", exclude=NOT_KEPT)


def _git(*arguments: str) -> str | None:
    """What git says of the project; None outside a clone or without git."""
    command: Sequence[str] = ("git", "-C", str(PROJECT), *arguments)
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None
