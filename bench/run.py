"""Measure how long judging takes: all claims on the products in data/products, copied many times.

Copies are told apart by their slug and are judged like any other product; nothing is kept between them.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace

from readson.assess import assess
from readson.ingest import find_descriptions, read_descriptions
from readson.ontology import load_ontology
from readson.resources import content_folder
from readson.shapes import load_patent, patent_slugs


def main() -> None:
    """Print a line for each stage, then one for each number of products."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, nargs="*", default=[1, 10], help="of each product")
    copies = parser.parse_args().copies

    start = time.perf_counter()
    ontology = load_ontology()
    patents = [load_patent(slug, ontology) for slug in patent_slugs()]
    print(f"read ontology and shapes   {time.perf_counter() - start:8.3f} s")

    start = time.perf_counter()
    products = read_descriptions(find_descriptions([content_folder("data") / "products"]), ontology.lexicon)
    print(f"read {len(products)} descriptions       {time.perf_counter() - start:8.3f} s")

    for count in copies:
        many = [replace(p, slug=f"{p.slug}-{n}") for n in range(count) for p in products]
        start = time.perf_counter()
        for patent in patents:
            assess(many, ontology, patent)
        spent = time.perf_counter() - start
        each = spent / len(many) * 1000
        print(f"judge {len(many):6} products      {spent:8.3f} s  {each:8.3f} ms a product")


if __name__ == "__main__":
    main()
