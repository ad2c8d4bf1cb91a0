"""Tell of what went wrong on standard error, with the exit code of bad input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from readson.errors import Problem, ReadsonError


@contextmanager
def reporting() -> Iterator[None]:
    """Turn errors of readson and of the disk into lines on standard error and exit code 2."""
    try:
        yield
    except (ReadsonError, OSError) as error:
        problems = error.problems if isinstance(error, ReadsonError) else (_disk_problem(error),)
        for problem in problems:
            click.echo(str(problem), err=True)
        count = len(problems)
        click.echo(f"{count} problem{'s' * (count != 1)}; nothing was written.", err=True)
        sys.exit(2)


def _disk_problem(error: OSError) -> Problem:
    return Problem(str(error.filename or "readson"), 0, 0, error.strerror or str(error))
