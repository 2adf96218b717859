"""What the platform's documentation of the property API shows: every write and every query, as users would port them."""

from __future__ import annotations

SINGLE = {"environment": "production"}
UPDATED = {"status": "reviewed"}
ONE_AFTER_THE_OTHER = {"environment": "production", "customer_id": "cust_456", "new_ui_enabled": "true"}
IN_CODE = {
    "environment": "production",
    "customer_id": "cust_456",
    "feature_flag": "new_ui_enabled",
    "user_tier": "premium",
}
CATEGORIES = {"category": "billing_question", "category_confidence": str(0.93)}
CUSTOMER = {"customer_id": "cust_456", "customer_tier": "premium", "billing_status": "active"}
EXPERIMENT = {
    "experiment": "prompt_optimization_v2",
    "variant": "control",
    "experiment_start": "2026-01-31T09:30:00.000Z",
}
ERROR = {"error_type": "rate_limit", "error_message": "Rate limit reached for requests", "needs_review": "true"}
FLAGS = {"feature_new_ui": "enabled", "feature_advanced_mode": "disabled", "feature_beta_feature": "enabled"}
REVIEW = {
    "review_status": "in_review",
    "reviewer_id": "reviewer_7",
    "review_started_at": "2026-01-31T09:30:00.000Z",
}
APPROVAL = {"review_status": "approved", "review_completed_at": "2026-01-31T10:05:12.345Z"}
FLAGGED = {"review_status": "flagged", "flag_reason": "The answer names a competitor", "needs_attention": "true"}
COST = {
    "department": "customer-support",
    "project": "onboarding-assistant",
    "cost_center": "CC-1001",
    "billable": "true",
}

WRITES = {
    "add single property": SINGLE,
    "update existing property": UPDATED,
    "add multiple properties": ONE_AFTER_THE_OTHER,
    "using in code": IN_CODE,
    "post-processing categorization": CATEGORIES,
    "customer tracking": CUSTOMER,
    "A/B test annotation": EXPERIMENT,
    "error classification": ERROR,
    "feature flag tracking": FLAGS,
    "quality review: reviewed": REVIEW,
    "quality review: approved": APPROVAL,
    "quality review: flagged": FLAGGED,
    "cost allocation": COST,
}

# Where the documentation is at odds with its own schema, the standard one decides, and safe fixes mend it.
STORED = {name: dict(properties) for name, properties in WRITES.items()}
STORED["using in code"]["user_tier"] = "pro"
STORED["customer tracking"] = {"customer_id": "cust_456", "user_tier": "pro", "billing_status": "active"}
STORED["A/B test annotation"] = {
    "experiment_id": "prompt_optimization_v2",
    "variant": "control",
    "experiment_start": "2026-01-31T09:30:00.000Z",
}

ALL_REQUESTS_OF_A_CUSTOMER = {"properties": {"customer_id": {"equals": "cust_456"}}}
BY_SINGLE_PROPERTY = {"filter": {"properties": {"environment": {"equals": "production"}}}}
BY_MULTIPLE_PROPERTIES = {
    "filter": {
        "left": {"properties": {"environment": {"equals": "production"}}},
        "operator": "and",
        "right": {"properties": {"customer_tier": {"equals": "premium"}}},
    }
}
