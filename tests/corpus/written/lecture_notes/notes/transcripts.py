from dataclasses import dataclass


@dataclass
class Lecture:
    course: str
    number: int
    transcript: str


def load(path: str) -> Lecture:
    course, number = path.rsplit("/", 2)[-2:]
    with open(path, encoding="utf-8") as file:
        return Lecture(course=course, number=int(number.removesuffix(".txt")), transcript=file.read())
