"""Which passages a search may return: of some reports, an issuer, a year, a section."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.model import Metadata


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """None admits everything; several filters admit what passes all of them."""

    reports: Collection[str] | None = None
    issuer: str | None = None  # 苏州市财政局; a part of it (财政局) is enough
    year: int | None = None  # that the data is about
    section: str | None = None  # words of a heading; all below that heading is admitted

    def admitted(self, reports: Mapping[str, Metadata]) -> frozenset[str] | None:
        """The reports that pass; None where all do."""
        passing = frozenset(
            name
            for name, metadata in self._among(reports)
            if (self.issuer is None or self.issuer in (metadata.issuer or ""))
            and (self.year is None or self.year == metadata.data_year)
        )
        return None if len(passing) == len(reports) else passing

    def _among(self, reports: Mapping[str, Metadata]) -> Iterable[tuple[str, Metadata]]:
        if self.reports is None:
            return reports.items()
        return ((name, reports[name]) for name in self.reports if name in reports)

    def admits_section(self, path: Sequence[str]) -> bool:
        return self.section is None or any(self.section in title for title in path)
