"""Files of findings: read and checked. Pure: bytes and values in, values out."""

from app.improvement.findings.reading.output import as_json, exit_code
from app.improvement.findings.reading.read import check
from app.improvement.findings.reading.results import Findings, Problem, Row

__all__ = ["Findings", "Problem", "Row", "as_json", "check", "exit_code"]
