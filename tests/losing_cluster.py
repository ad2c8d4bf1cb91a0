"""Check a portfolio on a Dask cluster of two processes, of which one is killed in the middle of the run."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from threading import Thread
from time import sleep

from distributed import LocalCluster

from readson.bulk import inputs
from readson.cli import main


def kill_one(cluster: LocalCluster, parts: Path) -> None:
    """Kill a worker as soon as there are finished parts."""
    while len(list(parts.glob("*.arrow"))) < 3:
        sleep(0.01)
    worker = next(iter(cluster.workers.values()))
    os.kill(worker.pid, signal.SIGKILL)
    print("killed a worker", flush=True)


def run(portfolio: str, output: str) -> None:
    """Run the program against a cluster."""
    inputs.CHUNK_BYTES["n-triples"] = 60_000
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        Thread(target=kill_one, args=(cluster, Path(output + ".partial")), daemon=True).start()
        main(
            [
                "check",
                "--bulk",
                portfolio,
                "-o",
                output,
                "--cluster",
                cluster.scheduler_address,
                "--claims",
                "1,9",
            ],
            standalone_mode=False,
        )


if __name__ == "__main__":
    run(*sys.argv[1:])
