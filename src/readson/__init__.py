"""readson decides, element by element, whether a patent claim reads on a product.

>>> import readson
>>> charts = readson.check("product.yaml")  # doctest: +SKIP
>>> charts.products[0].charts[7].verdict  # doctest: +SKIP
<Verdict.NOT_MET: 2>
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from readson.errors import ReadsonError
from readson.verdicts import Verdict

if TYPE_CHECKING:
    from readson.results import Portfolio

__version__ = "0.1.0"
__all__ = ["Portfolio", "ReadsonError", "Verdict", "__version__", "check"]


def check(
    *files: str | PathLike[str],
    patent: str = "",
    world: str = "documented",
    constructions: Mapping[str, str] | None = None,
    claims: Iterable[int] = (),
    product: str = "",
) -> Portfolio:
    """Chart claims on the products described; raises ReadsonError with every problem.

    `files` are descriptions, and documents on one product, which `product` names where they speak of several.
    `patent` is a folder under `shapes/`; it may be left out while there is only one.
    """
    from readson.assess import assess_descriptions  # the engine loads only when it is used
    from readson.charting import portfolio

    paths = [Path(file) for file in files]
    chosen = constructions or {}
    return portfolio(assess_descriptions(paths, patent, world, chosen, tuple(claims), product))


def __getattr__(name: str) -> type[Portfolio]:
    """Load the classes of charts when they are asked for: verdicts alone do not need them."""
    if name != "Portfolio":
        raise AttributeError(f"module `readson` has no attribute `{name}`")
    from readson.results import Portfolio

    return Portfolio
