from .code_answers import code_answers
from .summarise import summarise

STEPS = (code_answers, summarise)
