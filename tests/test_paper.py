"""Charts on one page: each id is there once, and links lead to what is on the page."""

from __future__ import annotations

import re

from readson.paper import on_one_page

FIRST = """<section class="printed">
<a href="#1a">1[a]</a><a href="claim-02.html#2a">2[a]</a><a href="claim-02.html">claim 2</a>
<details class="tree"><summary>Why</summary></details>
<svg aria-labelledby="t d"><title id="t">T</title><desc id="d">D</desc><path fill="url(#hatch)"/></svg>
<a class="x" href="sources/sheet.html#q1">sheet</a><a href="../other/claim-01.html#1a">other</a>
</section>"""
SECOND = '<section class="printed"><p id="2a" data-for="t">x</p><a href="claim-01.html#t">t</a></section>'


def test_links_between_charts_lead_to_their_places_on_the_page() -> None:
    first, second = on_one_page([("claim-01.html", FIRST), ("claim-02.html", SECOND)])
    assert re.findall('href="([^"]*)"', first) == ["#claim-01-1a", "#claim-02-2a", "#claim-02"]
    assert re.findall('href="([^"]*)"', second) == ["#claim-01-t"]
    ids = re.findall(' id="([^"]*)"', first + second)
    assert {"claim-01", "claim-02", "claim-02-2a", "claim-01-t"} <= set(ids) and len(ids) == len(set(ids))


def test_what_leads_elsewhere_leads_nowhere_and_stays_readable() -> None:
    (alone,) = on_one_page([("claim-01.html", FIRST)])
    assert re.findall('href="([^"]*)"', alone) == ["#claim-01-1a"]
    assert '<a class="x">sheet</a><a>other</a>' in alone


def test_names_of_other_elements_follow_their_ids() -> None:
    (alone,) = on_one_page([("claim-01.html", FIRST)])
    assert 'aria-labelledby="claim-01-t claim-01-d"' in alone and "url(#claim-01-hatch)" in alone
    assert 'data-for="claim-02-t"' in on_one_page([("claim-02.html", SECOND)])[0]


def test_folds_are_open() -> None:
    (alone,) = on_one_page([("claim-01.html", FIRST)])
    assert "<details open" in alone
