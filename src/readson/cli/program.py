"""The program `readson` and its commands."""

from __future__ import annotations

import sys
from io import TextIOWrapper

import click

from readson import __version__
from readson.cli.chart import chart
from readson.cli.check import check
from readson.cli.eval import evaluate
from readson.cli.graph import graph
from readson.cli.map import mapping
from readson.cli.ontology import ontology
from readson.cli.query import query
from readson.cli.read import read
from readson.cli.schema import schema
from readson.cli.serve import serve
from readson.cli.validate import validate


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="readson")
def main() -> None:
    """Decide, element by element, whether a patent claim reads on a product."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # the signs of verdicts are in no other common encoding
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


for command in (check, chart, serve, evaluate, graph, mapping, query, read, validate, ontology, schema):
    main.add_command(command)
