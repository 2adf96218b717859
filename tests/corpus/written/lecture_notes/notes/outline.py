from .ai import ask, with_properties
from .transcripts import Lecture


@with_properties(feature="outline", audience="students")
def outline(lecture: Lecture) -> str:
    return ask(
        f"Outline this lecture:\n{lecture.transcript}",
        model="gpt-4o",
        max_tokens=1500,
        course_id=lecture.course,
        lecture_number=lecture.number,
    )


@with_properties(feature="flashcards")
def flashcards(lecture: Lecture, count: int = 20) -> list[str]:
    text = ask(f"Write {count} flashcards for:\n{lecture.transcript}", course_id=lecture.course, card_count=count)
    return text.splitlines()
