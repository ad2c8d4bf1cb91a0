"""Judge chunks one after the other, on the cores of this machine, or on a Dask cluster; always in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from readson.bulk.chunks import Plan, judge_chunk
from readson.bulk.inputs import Chunk
from readson.errors import UsageError
from readson.workers import workers

RETRIES = 3


class Pending(Protocol):
    """A result that may still be under way."""

    def result(self) -> bytes:
        """Wait for it."""


Submit = Callable[[Chunk], Pending]
Pool = tuple[Submit, int]
"""How to have a chunk judged, and how many chunks may be under way."""


@dataclass(frozen=True, slots=True)
class _Now(Pending):
    """A result that is computed when it is asked for."""

    chunk: Chunk
    plan: Plan

    def result(self) -> bytes:
        return judge_chunk(self.chunk, self.plan)


@contextmanager
def processes(plan: Plan, count: int) -> Iterator[Pool]:
    """Judge on so many processes of this machine; on one, in this process."""
    if count == 1:
        yield lambda chunk: _Now(chunk, plan), 1
        return
    with workers(count, "run again to go on from the finished parts") as pool:
        yield lambda chunk: pool.submit(judge_chunk, chunk, plan), 2 * count


@contextmanager
def cluster(plan: Plan, address: str) -> Iterator[Pool]:
    """Judge on a Dask cluster, whose workers see the input under the same paths, or raise UsageError."""
    try:
        from distributed import Client
    except ImportError as error:
        raise UsageError("--cluster needs Dask: pip install 'readson[dask]'") from error
    try:
        client: Any = Client(address, timeout="5s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"no Dask scheduler answers at {address}; name one as tcp://HOST:PORT") from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise UsageError(f"the Dask scheduler at {address} has no workers; start some")
        yield lambda chunk: client.submit(judge_chunk, chunk, plan, pure=False, retries=RETRIES), 2 * threads


def in_order(submit: Submit, chunks: Iterator[Chunk], ahead: int) -> Iterator[tuple[Chunk, bytes]]:
    """Give the results of all chunks in order, with at most so many under way."""
    under_way: deque[tuple[Chunk, Pending]] = deque()
    for chunk in chunks:
        under_way.append((chunk, submit(chunk)))
        if len(under_way) >= ahead:
            first, pending = under_way.popleft()
            yield first, pending.result()
    while under_way:
        first, pending = under_way.popleft()
        yield first, pending.result()
