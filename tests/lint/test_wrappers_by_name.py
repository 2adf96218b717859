"""Functions of a project through which properties are written, in languages where their names alone say which are meant."""

from __future__ import annotations

import pytest

from propguard.lint.read import read
from propguard.lint.source import Source

GO = """package llm

func setProperties(h http.Header, properties map[string]string) {
	for name, value := range properties {
		h.Set("Helicone-Property-"+strings.ReplaceAll(name, "_", "-"), value)
	}
}

func (c *Client) Complete(r Request) {
	setProperties(r.Header, r.Properties)
}

func use(client *Client, other *Other) {
	client.Complete(Request{Properties: map[string]string{"job_name": "x"}})
	other.Complete(Request{Properties: map[string]string{"nope": "x"}})
}
"""
KOTLIN = """class Llm(private val http: HttpClient) {
    fun complete(prompt: String, properties: Map<String, String> = emptyMap()) = http.post("x") {
        properties.forEach { (name, value) -> header("Helicone-Property-$name", value) }
    }
    fun tag(key: String) { header("Helicone-Property-$key", "x") }
    fun own() { tag("job_name") }
}
class Writer(private val llm: Llm, private val other: Other) {
    fun write() {
        llm.complete("x", properties = mapOf("feature" to "report"))
        other.complete("x", properties = mapOf("nope" to "report"))
    }
}
"""
PHP = """<?php
class Llm {
    public function __construct(private array $defaults = []) {}
    public function ask(string $prompt, array $properties = []) {
        foreach (array_merge($this->defaults, $properties) as $name => $value) {
            $headers['Helicone-Property-' . $name] = $value;
        }
    }
}
class Writer {
    public function __construct(private Llm $llm, private Other $other) {}
    public function write() {
        $this->llm->ask('x', ['job_name' => 'x']);
        $this->llm->ask('x', properties: ['feature' => 'x']);
        $this->other->ask('x', ['nope' => 'x']);
        new Llm(['region' => 'eu']);
    }
}
"""
RUBY = """module Llm
  class << self
    def complete(prompt, properties: {})
      properties.each { |name, value| headers["Helicone-Property-#{name}"] = value }
    end

    def tag(key, value) = headers["Helicone-Property-#{key}"] = value

    def own = tag("own", 1)
  end
end
Llm.complete("x", properties: { job_name: "x", "feature" => "y" })
Llm.tag :reviewed, "yes"
Other.tag "nope", "yes"
"""


@pytest.mark.parametrize(
    ("path", "code", "keys"),
    [
        ("a.go", GO, {"job-name"}),
        ("a.kt", KOTLIN, {"job_name", "feature"}),
        ("a.php", PHP, {"job_name", "feature", "region"}),
        ("a.rb", RUBY, {"own", "job_name", "feature", "reviewed"}),
    ],
)
def test_what_goes_through_a_function_is_found(path: str, code: str, keys: set[str]) -> None:
    """Those of the calls of the project's own function, and of no other one of the same name."""
    usages = read(Source(path, code.encode())).usages
    assert {usage.stored_key for usage in usages if not usage.handed} == keys
