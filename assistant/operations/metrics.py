"""What the server counts, for Prometheus. The one file that knows its client.

    jushi_questions_total{route="figure",status="answered"} 12.0

Every app process counts for itself and is scraped for itself. No label holds a word of a question or a report.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from assistant.answer import Answer
from assistant.language.fallbacks import Fallback

__all__ = ["CONTENT_TYPE_LATEST", "Metrics", "Serving", "metrics"]

# A figure that words settle takes milliseconds, a language model up to its limit of a minute and more.
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Serving:
    """The index in service; `built` in seconds since 1970, None where its manifest does not tell."""

    generation: int
    built: float | None
    reports: int


class Metrics:
    def __init__(self) -> None:
        self._registry = own = CollectorRegistry()
        ProcessCollector(registry=own)
        PlatformCollector(registry=own)
        self._questions = Counter(
            "jushi_questions", "Questions answered, refused or asked back", ["route", "status"], registry=own
        )
        self._seconds = Histogram(
            "jushi_answer_seconds", "From question to answer", ["route"], buckets=_SECONDS, registry=own
        )
        self._faults = Counter("jushi_question_faults", "Questions that ended with an error", ["code"], registry=own)
        self._fallbacks = Counter(
            "jushi_model_fallbacks", "Answers by code in place of the language model", ["reason"], registry=own
        )
        self._builds = Counter(
            "jushi_builds", "Builds of the index that this process started", ["outcome"], registry=own
        )
        self._unread = Counter("jushi_build_report_failures", "Reports that such builds could not read", registry=own)
        self._in_work = Gauge("jushi_questions_in_work", "Questions being answered now", registry=own)

    def answered(self, answer: Answer, seconds: float, fallback: Fallback | None) -> None:
        self._questions.labels(route=answer.route, status=answer.status).inc()
        self._seconds.labels(route=answer.route).observe(seconds)
        if fallback is not None:
            self._fallbacks.labels(reason=fallback).inc()

    def failed(self, code: str) -> None:
        """A question ended with an error; `code` is that of the `JushiError`, "bug" for anything else."""
        self._faults.labels(code=code).inc()

    def built(self, *, succeeded: bool, unread: int) -> None:
        self._builds.labels(outcome="done" if succeeded else "failed").inc()
        self._unread.inc(unread)

    def watch_work(self, count: Callable[[], int]) -> None:
        self._in_work.set_function(count)

    def watch_index(self, serving: Callable[[], Serving | None]) -> None:
        """`serving` is asked with each scrape."""
        self._registry.register(_IndexCollector(serving))

    def text(self) -> bytes:
        """Everything counted, in the format of `CONTENT_TYPE_LATEST`."""
        return generate_latest(self._registry)


class _IndexCollector(Collector):
    def __init__(self, serving: Callable[[], Serving | None]) -> None:
        self._serving = serving

    def describe(self) -> Iterator[Metric]:
        """Nothing: asked when the collector is registered, it would open the index."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        serving = self._serving()
        yield GaugeMetricFamily("jushi_index_up", "1 where the index in service opens", value=serving is not None)
        if serving is None:
            return
        yield GaugeMetricFamily("jushi_index_generation", "Number of the generation", value=serving.generation)
        yield GaugeMetricFamily("jushi_index_reports", "Reports the index holds", value=serving.reports)
        if serving.built is not None:
            age = max(0.0, time.time() - serving.built)
            yield GaugeMetricFamily("jushi_index_age_seconds", "Since the index was built", value=age)


@lru_cache(maxsize=1)
def metrics() -> Metrics:
    """Those of this process."""
    return Metrics()
