"""Door 3: what is wrong in stored data.

`audit` asks an engine and returns an `AuditResult`; `reasons_to_fail` judges it; `Repair` plans corrections;
`keys_met` asks only which keys there are,
`stored_evidence` what the data shows of them, without a schema, and `unread_rows` what could not be read at all.
"""

from propguard.audit.evidence import stored_evidence
from propguard.audit.holdings import nothing_to_read
from propguard.audit.keys import keys_met
from propguard.audit.repair import Repair, RepairResult
from propguard.audit.result import AuditResult, DataFinding
from propguard.audit.run import audit
from propguard.audit.unread import odd_times, unread_notices, unread_rows
from propguard.audit.verdict import reasons_to_fail

__all__ = [
    "AuditResult",
    "DataFinding",
    "Repair",
    "RepairResult",
    "audit",
    "keys_met",
    "nothing_to_read",
    "odd_times",
    "reasons_to_fail",
    "stored_evidence",
    "unread_notices",
    "unread_rows",
]
