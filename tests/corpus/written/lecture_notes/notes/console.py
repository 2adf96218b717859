def ask(question: str, *, default: str = "", **metadata: str) -> str:
    """Ask the person at the terminal."""
    print(question, f"({metadata['course_id']})" if metadata else "")
    return input("> ") or default
