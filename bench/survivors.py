"""List what `make mutate` found as the tables of docs/mutation.md: numbers by module, mutants alive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

DEAD = ("killed", "caught by type check", "timeout", "segfault")
"""Found by a test, by mypy, by never coming to an end, or by crashing."""


def main() -> None:
    """Print both tables as Markdown."""
    found = {module(path): results(path) for path in sorted(walk_mutatable_files())}
    print("| module | mutants | by tests | by types | by timeout | alive |\n|---|---|---|---|---|---|")
    for name, statuses in found.items():
        print(row(name, Counter(statuses.values())))
    print(row("all", Counter(status for statuses in found.values() for status in statuses.values())))
    print("\n| module | function | line | becomes |\n|---|---|---|---|")
    for path in sorted(walk_mutatable_files()):
        for mutant, status in results(path).items():
            if status not in DEAD:
                print(f"| {module(path)} | {function(mutant)} | {' | '.join(change(mutant, path))} |")


def module(path: Path) -> str:
    return path.relative_to("src/readson").with_suffix("").as_posix().replace("/", ".")


def results(path: Path) -> dict[str, str]:
    """Give the status of every mutant of a module."""
    data = SourceFileMutationData(path=path)
    data.load()
    return {mutant: status_by_exit_code[code] for mutant, code in data.exit_code_by_key.items()}


def row(name: str, counts: Counter[str]) -> str:
    tests = counts["killed"] + counts["segfault"]
    alive = sum(number for status, number in counts.items() if status not in DEAD)
    numbers = (counts.total(), tests, counts["caught by type check"], counts["timeout"], alive)
    return f"| {name} | {' | '.join(map(str, numbers))} |"


def function(mutant: str) -> str:
    name, cls = orig_function_and_class_names_from_key(mutant)
    name = name.rpartition(".")[2]
    return f"`{cls}.{name}`" if cls else f"`{name}`"


def change(mutant: str, path: Path) -> Iterator[str]:
    """Give the lines that the mutant changes, as they are and as they become."""
    lines = get_diff_for_mutant(mutant, path=path).splitlines()[2:]
    for sign in "-+":
        code = " ".join(line[1:].strip() for line in lines if line.startswith(sign))
        yield f"`{code}`".replace("|", "\\|") if code else "(nothing)"


if __name__ == "__main__":
    main()
