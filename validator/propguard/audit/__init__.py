"""Door 3: what is wrong in stored data. `audit` asks an engine and returns an `AuditResult`; `reasons_to_fail` judges it."""

from propguard.audit.result import AuditResult, DataFinding, KeyProfile
from propguard.audit.run import audit
from propguard.audit.verdict import FAIL_ON, Earlier, earlier_audit, reasons_to_fail

__all__ = [
    "FAIL_ON",
    "AuditResult",
    "DataFinding",
    "Earlier",
    "KeyProfile",
    "audit",
    "earlier_audit",
    "reasons_to_fail",
]
