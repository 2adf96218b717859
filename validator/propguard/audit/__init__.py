"""Door 3: what is wrong in stored data. `audit` asks an engine and returns an `AuditResult`; `reasons_to_fail` judges it.
`stored_evidence` asks it what the data shows of its keys, without a schema."""

from propguard.audit.evidence import stored_evidence
from propguard.audit.result import AuditResult, DataFinding
from propguard.audit.run import audit
from propguard.audit.verdict import reasons_to_fail

__all__ = [
    "AuditResult",
    "DataFinding",
    "audit",
    "reasons_to_fail",
    "stored_evidence",
]
