"""Door 3: what is wrong in stored data. `audit` asks an engine and returns an `AuditResult`; `reasons_to_fail` judges it."""

from propguard.audit.result import AuditResult, DataFinding
from propguard.audit.run import audit
from propguard.audit.verdict import reasons_to_fail

__all__ = [
    "AuditResult",
    "DataFinding",
    "audit",
    "reasons_to_fail",
]
