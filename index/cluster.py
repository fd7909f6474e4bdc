"""The jobs of a build on a Dask cluster: the one file that knows Dask, which is an extra (`pip install jushi[bulk]`).

The machines see the store's folder and the reports under the same paths. Starting one, on each machine:
`dask scheduler`, `dask worker tcp://SCHEDULER:8786 --nworkers 4 --nthreads 1`.
"""

import importlib
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from corpus.errors import StoreError
from index.jobs import Job, Outcome

TIMEOUT_SECONDS = 20
# jobs handed to the scheduler ahead of those that are done, for each thread of its workers
AHEAD = 3


def each(scheduler: str, work: Callable[[Job], Outcome], jobs: Sequence[Job], died: str) -> Iterator[Outcome]:
    """The outcome of every job as they are done; one whose workers die again and again fails, saying `died`."""
    dask = _dask()
    with _client(dask, scheduler) as client:
        waiting, names = iter(jobs), {}
        running = dask.as_completed([], loop=client.loop)

        def hand_out(count: int) -> None:
            for job in islice(waiting, count):
                future = client.submit(work, job, key=f"{work.__name__}-{job.aside.key}", pure=False)
                names[future.key] = job.name
                running.add(future)

        hand_out(AHEAD * max(1, sum(client.nthreads().values())))
        for future in running:
            name = names.pop(future.key)
            killed = isinstance(future.exception(), dask.KilledWorker)
            yield Outcome(name=name, failure=died) if killed else future.result()
            hand_out(1)


def _dask() -> Any:
    try:
        return importlib.import_module("distributed")
    except ModuleNotFoundError as error:
        message = "设置了 JUSHI_DASK_SCHEDULER，但没有安装 Dask。请运行：pip install -r requirements-bulk.lock。"
        raise StoreError(message) from error


def _client(dask: Any, scheduler: str) -> Any:
    try:
        return dask.Client(scheduler, timeout=TIMEOUT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        message = f"连不上 Dask 调度器 {scheduler}（{error}）。请检查 JUSHI_DASK_SCHEDULER，或留空在本机建索引。"
        raise StoreError(message) from error
