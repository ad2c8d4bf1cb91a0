"""The command line: one module a command, and what they share.

Exit codes: 0 done, 1 a verdict named by --fail-on was found, 2 bad input. Stages load only when used.
"""

from readson.cli.program import main

__all__ = ["main"]
