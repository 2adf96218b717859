"""Wrappers under another name: bound to one, held in a field or an object, decorated, or given some arguments already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.lint.documents import told
from tests.lint.test_project import told_of_use

if TYPE_CHECKING:
    from pathlib import Path

_PYTHON = """\
def answer(text, feature=None):
    return post(headers={"Helicone-Property-Feature": feature})
"""
_TYPESCRIPT = """\
export function answer(text: string, feature?: string) {
  return fetch(url, { headers: { "Helicone-Property-Feature": feature } });
}
"""
_GO = """\
package a
func Answer(text string, feature string) { request.Header.Set("Helicone-Property-Feature", feature) }
"""
_KOTLIN = """\
fun answer(text: String, feature: String) { request.header("Helicone-Property-Feature", feature) }
"""
_RUBY = """\
def answer(text, feature)
  request["Helicone-Property-Feature"] = feature
end
class Bot
  def say(feature)
    request["Helicone-Property-Feature"] = feature
  end
  alias tell say
  alias_method :shout, :say
end
class Other
  def speak(feature)
  end
  alias say speak
  alias_method :whisper, :speak
end
"""
_SOURCES = {"a.py": _PYTHON, "a.ts": _TYPESCRIPT, "a.go": _GO, "a.kt": _KOTLIN, "a.rb": _RUBY}


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.py", 'reply = answer\nreply("hi", "chat")'),
        ("a.py", 'reply = answer\nagain = reply\nagain("hi", "chat")'),
        ("a.py", 'reply = lru_cache(maxsize=4)(answer)\nreply("hi", "chat")'),
        ("a.py", 'reply = retry(traced(answer))\nreply("hi", "chat")'),
        ("a.py", 'retry(answer)("hi", "chat")'),
        ("a.py", 'reply = partial(answer, "hi")\nreply("chat")'),
        ("a.py", 'reply = functools.partial(answer, "hi")\nreply(feature="chat")'),
        ("a.py", 'functools.partial(answer, "hi")("chat")'),
        ("a.py", 'class Bot:\n    say = staticmethod(answer)\nBot.say("hi", "chat")'),
        ("a.py", 'class Bot:\n    say = staticmethod(answer)\nBot().say("hi", "chat")'),
        (
            "a.py",
            'class Bot:\n    def __init__(self):\n        self.say = answer\n    def run(self):\n        self.say("hi", "chat")',
        ),
        (
            "a.py",
            'class Bot:\n    def __init__(self):\n        self.say = partial(answer, 1)\n    def run(self): self.say("chat")',
        ),
        ("a.ts", 'const reply = answer;\nreply("hi", "chat");'),
        ("a.ts", 'const reply = traced(answer, { name: "reply" });\nreply("hi", "chat");'),
        ("a.ts", 'withRetry(answer)("hi", "chat");'),
        ("a.ts", 'const reply = answer.bind(null, "hi");\nreply("chat");'),
        ("a.ts", 'const bot = { answer };\nbot.answer("hi", "chat");'),
        ("a.ts", 'const bot = { say: cached(answer) };\nbot.say("hi", "chat");'),
        ("a.ts", 'const bot = { say: answer };\nconst { say } = bot;\nsay("hi", "chat");'),
        ("a.ts", 'class Bot { private say = answer; run() { this.say("hi", "chat"); } }'),
        ("a.ts", 'class Bot { constructor() { this.say = answer; } run() { this.say("hi", "chat"); } }'),
        ("a.go", 'func main() {\n\treply := Answer\n\treply("hi", "chat")\n}'),
        ("a.kt", 'val reply = ::answer\nfun main() { reply("hi", "chat") }'),
        ("a.rb", 'alias reply answer\nreply("hi", "chat")'),
        ("a.rb", 'Bot.new.tell("chat")'),
        ("a.rb", 'bot = Bot.new\nbot.shout("chat")'),
    ],
)
def test_a_call_by_another_name_is_a_usage(path: str, code: str) -> None:
    """As one by its own is."""
    *_, last = told(path, _SOURCES[path] + code)
    assert last.endswith("feature = chat")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        # a name that is given another function as well
        ("a.py", 'reply = answer\nreply = other\nreply("hi", "chat")'),
        # a parameter of the same name
        ("a.py", 'def run(answer):\n    answer("hi", "chat")'),
        # a function that gives something else back
        ("a.py", 'def count(function):\n    return 3\ncount(answer)("hi", "chat")'),
        ("a.py", 'class Bot:\n    say = staticmethod(other)\nBot.say("hi", "chat")'),
        ("a.ts", 'const bot = { answer: other };\nbot.answer("hi", "chat");'),
        ("a.rb", 'Other.new.whisper("chat")'),
        ("a.rb", 'Other.new.tell("chat")'),
        ("a.rb", '# alias reply answer\nreply("hi", "chat")'),
    ],
)
def test_a_call_of_something_else_is_none(path: str, code: str) -> None:
    """Whatever it is called."""
    assert [usage for usage in told(path, _SOURCES[path] + code) if usage.endswith("chat")] == []


@pytest.mark.parametrize(
    ("exported", "used"),
    [
        ("export { answer as reply };", 'import { reply } from "./a";\nreply("hi", "chat");'),
        ("export default { answer };", 'import bot from "./a";\nbot.answer("hi", "chat");'),
        ("export default withRetry(answer);", 'import reply from "./a";\nreply("hi", "chat");'),
        ("export const reply = traced(answer);", 'import { reply } from "./a";\nreply("hi", "chat");'),
        ("export const bot = { answer };", 'import { bot } from "./a";\nbot.answer("hi", "chat");'),
        ("export const bot = { say: answer };", 'import * as all from "./a";\nall.bot.say("hi", "chat");'),
        ("", 'import { answer } from "./a";\nconst reply = answer;\nreply("hi", "chat");'),
        ("", 'import { answer } from "./a";\nwithRetry(answer)("hi", "chat");'),
    ],
)
def test_another_name_is_known_in_other_files(tmp_path: Path, exported: str, used: str) -> None:
    """Whether the module gives it, or the one that imports."""
    *_, last = told_of_use(tmp_path, {"a.ts": _TYPESCRIPT + exported, "use.ts": used})
    assert last.endswith("feature = chat")


def test_an_alias_of_a_method_is_known_in_other_files(tmp_path: Path) -> None:
    """In Ruby, which imports no names."""
    files = {"a.rb": _RUBY, "use.rb": 'bot = Bot.new\nbot.tell("chat")'}
    assert told_of_use(tmp_path, files) == ["2 feature = chat"]


def test_a_name_is_followed_through_a_third_file(tmp_path: Path) -> None:
    """Which does not name the one that defines the wrapper."""
    files = {
        "bot/a.py": _PYTHON,
        "service.py": "from bot.a import answer\nreply = retry(answer)\n",
        "use.py": 'from service import reply\nreply("hi", "chat")',
    }
    assert told_of_use(tmp_path, files) == ["2 feature = chat"]
