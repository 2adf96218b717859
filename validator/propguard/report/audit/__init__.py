"""An audit, rendered: what is wrong in stored data, worst first, and how good each key is."""

from propguard.report.audit.formats import AUDIT_FORMATS, ready, render_audit

__all__ = ["AUDIT_FORMATS", "ready", "render_audit"]
