HEADER = "helicone-property-%s"

SURVEY = "survey_id"
COHORT = "cohort"
QUALITY = "quality_score"
