"""Door 3: what is wrong in stored data. `audit` asks an engine and returns an `AuditResult`; `reasons_to_fail` judges it."""

from propguard.audit.result import AuditResult, DataFinding
from propguard.audit.run import audit
from propguard.audit.verdict import FAIL_ON, reasons_to_fail

__all__ = [
    "FAIL_ON",
    "AuditResult",
    "DataFinding",
    "audit",
    "reasons_to_fail",
]
