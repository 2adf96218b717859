"""Door 3: what is wrong in stored data. `audit` asks an engine and returns an `AuditResult`, `Repair` plans corrections."""

from propguard.audit.repair import Repair, RepairResult
from propguard.audit.result import AuditResult, DataFinding, KeyProfile
from propguard.audit.run import audit

__all__ = ["AuditResult", "DataFinding", "KeyProfile", "Repair", "RepairResult", "audit"]
