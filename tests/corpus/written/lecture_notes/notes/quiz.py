from __future__ import annotations

import random

from notes import ai
from notes.console import ask as ask_user


def quiz(cards: list[str]) -> int:
    score = 0
    for card in random.sample(cards, k=min(5, len(cards))):
        answer = ask_user(card, default="", course_id="none")
        extra = {"feature": "quiz", "graded_by": "model"}
        verdict = ai.ask(f"Card: {card}\nAnswer: {answer}\nRight? yes or no", **extra)
        score += verdict.strip().lower() == "yes"
    return score
