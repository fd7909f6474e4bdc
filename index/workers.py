"""Does jobs of a build here, in several processes of this machine, or on the machines of a cluster.

The same jobs with the same results whichever way: a process takes a report, works, and keeps the result aside. A
job that brings its process down (out of memory, say) is tried once more alone, and then is a failure of its report.
"""

import importlib
import multiprocessing
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from corpus.settings import settings
from index.jobs import Job, Outcome

Work = Callable[[Job], Outcome]
DIED = "读这份报告的进程被系统结束了（多半是内存不够）。请减少 --workers，或单独加入这份报告。"
# jobs handed out ahead, for each process
AHEAD = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Workers:
    """How many processes of this machine; or the address of a Dask scheduler, whose workers see the same folders."""

    processes: int = 1
    scheduler: str = ""

    @property
    def here(self) -> bool:
        """Whether the work is done in this process."""
        return self.processes == 1 and not self.scheduler

    def each(self, work: Work, jobs: Sequence[Job]) -> Iterator[Outcome]:
        """The outcome of every job, in the order in which they are done.

        Raises:
            StoreError: the cluster cannot be reached.
        """
        if self.scheduler:
            return importlib.import_module("index.cluster").each(self.scheduler, work, jobs, DIED)  # type: ignore[no-any-return]
        if self.here:
            return map(work, jobs)
        return _in_processes(self.processes, work, jobs)


HERE = Workers()


def configured_workers(processes: int | None = None) -> Workers:
    """What the settings name, or so many processes; 0 is one for each processor."""
    chosen = settings()
    count = chosen.index_workers if processes is None else processes
    return Workers(processes=count or os.cpu_count() or 1, scheduler=chosen.dask_scheduler)


def _in_processes(count: int, work: Work, jobs: Sequence[Job]) -> Iterator[Outcome]:
    waiting, suspects = iter(jobs), []
    while True:
        suspected = yield from _in_one_pool(count, work, waiting)
        if not suspected:
            break
        suspects += suspected
    for job in suspects:
        if (yield from _in_one_pool(1, work, iter([job]))):
            yield Outcome(name=job.name, failure=DIED)


def _in_one_pool(count: int, work: Work, jobs: Iterator[Job]) -> Generator[Outcome, None, list[Job]]:
    """Works off the jobs; where a process dies, returns those that were handed out and not done."""
    # spawned: a forked process would share locks of the model's threads
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=context) as pool:
        running: dict[Future[Outcome], Job] = {}
        try:
            while _hand_out(pool, work, jobs, running, count * AHEAD):
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    outcome = future.result()
                    del running[future]
                    yield outcome
        except BrokenProcessPool:
            return list(running.values())
    return []


def _hand_out(
    pool: ProcessPoolExecutor, work: Work, jobs: Iterable[Job], running: dict[Future[Outcome], Job], most: int
) -> bool:
    """Keeps as many jobs running as may be; false where none is left."""
    for job in jobs:
        running[pool.submit(work, job)] = job
        if len(running) >= most:
            break
    return bool(running)
