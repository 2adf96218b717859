from enum import Enum


class PropertyKey(str, Enum):
    REVIEW_STATUS = "review_status"
    REVIEWER = "reviewer_id"
    NEEDS_ATTENTION = "needs_attention"
    ERROR_TYPE = "error_type"


COST_CENTER = "cost_center"
DEPARTMENT = "department"
