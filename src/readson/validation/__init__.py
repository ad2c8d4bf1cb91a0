"""Plain SHACL: validate any RDF graph against any SHACL Core shapes, on columns.

The engine judges in four values; a graph that is known as a whole is validated as SHACL says. W3C SHACL is
https://www.w3.org/TR/shacl/.
"""

from readson.validation.knowledge import Knowledge, load_data
from readson.validation.report import report_text
from readson.validation.results import Report, Result, validate
from readson.validation.shapes_graph import load_shapes

__all__ = ["Knowledge", "Report", "Result", "load_data", "load_shapes", "report_text", "validate"]
