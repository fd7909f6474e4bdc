"""What cases are asked over: an index and the reports it holds, no more and no fewer.

A case about one report is asked where there is no other; a case about several is asked where all of them are.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Protocol

from evals.cases import LoadedCase
from evals.product import read_reports
from index.place import configured_place
from index.store import Store

Grounds = Mapping[tuple[str, ...], "Ground"]  # by the reports they hold


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """An index in `folder`, opened, and its reports' source texts by name."""

    folder: Path
    store: Store
    texts: Mapping[str, str]


class Library(Protocol):
    """Reports that cases can be about, and an index for every set of them that is asked for."""

    @property
    def texts(self) -> Mapping[str, str]: ...

    def asked_over(self, path: Path, named: str | None) -> tuple[str, ...]:
        """The reports over which a case of this file is asked; `named` is the report the case itself names."""

    def ground(self, reports: tuple[str, ...]) -> Ground:
        """Where a case over these is asked."""


class OneIndex:
    """A library of one index: every case is asked over all it holds."""

    def __init__(self, folder: Path | None) -> None:
        """Opens it; None is the index that the settings name.

        Raises:
            StoreError: there is none, or it is out of date.
        """
        self._ground = open_ground(folder)

    @property
    def texts(self) -> Mapping[str, str]:
        return self._ground.texts

    def asked_over(self, path: Path, named: str | None) -> tuple[str, ...]:
        return tuple(self.texts)

    def ground(self, reports: tuple[str, ...]) -> Ground:
        return self._ground


def open_ground(folder: Path | None) -> Ground:
    """The index in `folder` (None: the one that the settings name).

    Raises:
        StoreError: there is none, or it is out of date.
    """
    place = configured_place(folder)
    store = Store.at(place)
    return Ground(folder=place.folder, store=store, texts=read_reports(store).texts)


def grounds_of(cases: Iterable[LoadedCase], library: Library) -> dict[tuple[str, ...], Ground]:
    """Where these cases are asked, every set of reports once, in the order of the cases."""
    return {reports: library.ground(reports) for reports in dict.fromkeys(one.reports for one in cases)}


def in_grounds(cases: Iterable[LoadedCase], grounds: Grounds) -> tuple[LoadedCase, ...]:
    """The cases with those of one ground side by side, otherwise in their order."""
    order = {reports: position for position, reports in enumerate(grounds)}
    return tuple(sorted(cases, key=lambda one: order[one.reports]))


def by_ground(cases: Iterable[LoadedCase], grounds: Grounds) -> Iterator[tuple[Ground, Iterator[LoadedCase]]]:
    """Each ground with its cases, which have to stand side by side; they are taken one by one."""
    for reports, chosen in groupby(cases, key=lambda one: one.reports):
        yield grounds[reports], chosen
