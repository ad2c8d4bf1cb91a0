"""The results model: what every output shows, as frozen data (docs/results.md).

Nothing here judges or explains; `charting.py` and `collecting.py` fill these classes, and no output computes
anything of its own. `records.py` writes them as JSON and reads them again.
"""

from readson.results.charts import (
    ORDER,
    Alternative,
    Apart,
    Binding,
    Chart,
    Opinion,
    OtherReading,
    Row,
    RowRef,
    Tally,
)
from readson.results.claims import ClaimSheet, ConstructionSheet, ElementSheet, RoleSheet
from readson.results.evidence import Assumed, Citation, Grounds, Missing, Reason, citations, parts
from readson.results.glossary import GLOSSARY, Glossary, GradeNote, ValueNote, WorldNote
from readson.results.portfolio import VERSION, Portfolio
from readson.results.products import (
    Account,
    Bound,
    Fact,
    Gap,
    LedgerEntry,
    Part,
    Passage,
    ProductCharts,
    SourceSheet,
    Step,
)
from readson.results.terms import OntologySheet, TermSheet, Use

__all__ = [
    "GLOSSARY",
    "ORDER",
    "VERSION",
    "Account",
    "Alternative",
    "Apart",
    "Assumed",
    "Binding",
    "Bound",
    "Chart",
    "Citation",
    "ClaimSheet",
    "ConstructionSheet",
    "ElementSheet",
    "Fact",
    "Gap",
    "Glossary",
    "GradeNote",
    "Grounds",
    "LedgerEntry",
    "Missing",
    "OntologySheet",
    "Opinion",
    "OtherReading",
    "Part",
    "Passage",
    "Portfolio",
    "ProductCharts",
    "Reason",
    "RoleSheet",
    "Row",
    "RowRef",
    "SourceSheet",
    "Step",
    "Tally",
    "TermSheet",
    "Use",
    "ValueNote",
    "WorldNote",
    "citations",
    "parts",
]
