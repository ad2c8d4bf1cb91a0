"""`python -m readson` is the command line."""

from readson.cli import main

main(prog_name="readson")
