"""What expressions of Go, Kotlin and Rust come out as, and what their names are bound to."""

from __future__ import annotations

import pytest

from propguard.lint.languages.rust_macros import unfolded
from propguard.lint.read import read
from propguard.lint.source import Source
from tests.lint.documents import parsed, shown

GO = [
    ('"a"', ["a"]),
    ("`a\\n`", ["a\\n"]),
    ('""', [""]),
    ('"\\u0061\\x62"', ["ab"]),
    ('"a" + "b"', ["ab"]),
    ('"a" + x', ["a*"]),
    ('("a")', ["a"]),
    ('string("a")', ["a"]),
    ('[]byte("a")', ["a"]),
    ('openai.String("a")', ["a"]),
    ('[]string{"a"}', ["a"]),
    ('[]string{"a", "b"}', ["*"]),
    ('fmt.Sprintf("a%sb", x)', ["a*b"]),
    ('fmt.Sprintf("%s-%v", "a", "b")', ["a-b"]),
    ('fmt.Sprintf("%d%%", 3)', ["3%"]),
    ('fmt.Sprintf("%q", "a")', ["*"]),
    ("fmt.Sprintf(x)", ["*"]),
    ("fmt.Sprintf()", ["*"]),
    ('cmp.Or(x, "a")', ["a", "*"]),
    ("true", ["boolean true"]),
    ("12", ["integer 12"]),
    ("-12", ["*"]),
    ("!x", ["*"]),
    ("nil", ["null nil"]),
    ("x.y", ["*"]),
    ("x[0]", ["*"]),
    ('x == "a"', ["*"]),
    ('func() string { return "a" }()', ["*"]),
]
KOTLIN = [
    ('"a"', ["a"]),
    ('""', [""]),
    ('"""a\\n"""', ["a\\n"]),
    ('"\\u0061\\$b"', ["a$b"]),
    ('"a$x"', ["a*"]),
    ('"a$x-b"', ["a*-b"]),
    ('"$`a b`c"', ["*c"]),
    ('"a${x}b"', ["a*b"]),
    ('"a${"b"}c"', ["abc"]),
    ('"""a$x"""', ["a*"]),
    ('"5$ a$"', ["5$ a$"]),
    ('"a" + "b"', ["ab"]),
    ('"a" + x', ["a*"]),
    ('("a")', ["a"]),
    ('x ?: "a"', ["a", "*"]),
    ('null ?: "a"', ["a"]),
    ('if (x) "a" else "b"', ["a", "b"]),
    ('if (x) { "a" } else { "b" }', ["a", "b"]),
    ('if (x) "a" else if (y) "b" else "c"', ["a", "b", "c"]),
    ('when (x) { 1 -> "a"; else -> "b" }', ["a", "b"]),
    ('x.getOrDefault("k", "a")', ["a", "*"]),
    ('"A".lowercase()', ["a"]),
    ('"a".toString()', ["a"]),
    ('"a%sb".format(x)', ["a*b"]),
    ('"%s-%s".format("a", "b")', ["a-b"]),
    ('String.format("%s", "a")', ["a"]),
    ('"a" to "b"', ["*"]),
    ('"a" as String', ["a"]),
    ("true", ["boolean true"]),
    ("null", ["null null"]),
    ("12", ["integer 12"]),
    ("x.y", ["*"]),
    ("x?.y", ["*"]),
    ("x!!", ["*"]),
    ('x == "a"', ["*"]),
]
RUST = [
    ('"a"', ["a"]),
    ('""', [""]),
    ('b"a"', ["a"]),
    ('r"a\\n"', ["a\\n"]),
    ('r#"a"b"#', ['a"b']),
    ('br#"a"#', ["a"]),
    ('r""', [""]),
    ('"\\u{61}\\x62"', ["ab"]),
    ('"a".to_string()', ["a"]),
    ('"a".to_owned() + "b"', ["ab"]),
    ('"a".to_string() + &x', ["a*"]),
    ('String::from("a")', ["a"]),
    ('Some("a".into())', ["a"]),
    ('HeaderName::from_static("a")', ["a"]),
    ('HeaderValue::from_str("a")?', ["a"]),
    ('"a".parse::<HeaderName>().unwrap()', ["a"]),
    ('"A".to_lowercase()', ["a"]),
    ('&"a"', ["a"]),
    ('format!("a{}b", x)', ["a*b"]),
    ('format!("{}-{}", "a", "b")', ["a-b"]),
    ('format!("{1}-{0}", "a", "b")', ["b-a"]),
    ('format!("{{}}{x}")', ["{}*"]),
    ('format!("{:?}", x)', ["*"]),
    ('std::format!("a{}", "b")', ["ab"]),
    ('["a", x].concat()', ["a*"]),
    ('["a", "b"].join("-")', ["a-b"]),
    ('if x { "a" } else { "b" }', ["a", "b"]),
    ('if x { "a" } else if y { "b" } else { "c" }', ["a", "b", "c"]),
    ('match x { 1 => "a", _ => { "b" } }', ["a", "b"]),
    ('x.unwrap_or("a")', ["a", "*"]),
    ("true", ["boolean true"]),
    ("12", ["integer 12"]),
    ("-12", ["*"]),
    ("x.y", ["*"]),
    ("X::Y", ["*"]),
    ("|x| x", ["*"]),
    ('println!("a")', ["*"]),
    ('x == "a"', ["*"]),
]


@pytest.mark.parametrize(
    ("language", "template", "code", "ways"),
    [
        *(("go", "package a\n\nvar _ = f({})\n", *row) for row in GO),
        *(("kotlin", "val a = f({})\n", *row) for row in KOTLIN),
        *(("rust", "fn a() {{ f({}) }}\n", *row) for row in RUST),
    ],
)
def test_an_expression(language: str, template: str, code: str, ways: list[str]) -> None:
    """Every way in which it comes out."""
    here = parsed(template.format(code), language)
    pending = [here.document.root]
    while pending[0].type != "call_expression":
        pending = [*pending[1:], *pending[0].named_children]
    assert shown(here.evaluator.ways(here.document.positional(pending[0])[0])) == ways


NAMES_OF_GO = [
    ('const NAME = "a"\nfunc f() { g(NAME) }', ["a"]),
    ('const (\n\tB = "b"\n\tNAME string = B + "c"\n)\nfunc f() { g(NAME) }', ["bc"]),
    ('var x, NAME = "a", "b"\nfunc f() { g(NAME) }', ["b"]),
    ('func f() { x, NAME := "a", "b"; g(NAME) }', ["b"]),
    ('func f() { NAME := "a"; NAME = "b"; g(NAME) }', ["a", "b"]),
    ('func f() { NAME := "a"; if x { NAME = "b" }; g(NAME) }', ["a", "b"]),
    ('func f() { NAME := "a"; if x { NAME := "b"; h(NAME) }; g(NAME) }', ["a"]),
    ('func f() { NAME := "a"; NAME += "b"; g(NAME) }', ["*"]),
    ('const NAME = "a"\nfunc f(NAME string) { g(NAME) }', ["*"]),
    ('const NAME = "a"\nfunc f() { for NAME := range x { g(NAME) } }', ["*"]),
    ('const NAME = "a"\nfunc f() { for _, NAME := range x { g(NAME) } }', ["*"]),
    ('const NAME = "a"\nfunc f() { x, NAME := h(); g(NAME) }', ["*"]),
    ('const NAME = "a"\nfunc f() { NAME, err := h("b"); g(NAME) }', ["*"]),
    ('const NAME = "a"\nfunc f() { x := func(NAME string) { g(NAME) } }', ["*"]),
    ('const NAME = "a"\nfunc f() { h(x.NAME); g(NAME) }', ["a"]),
]
NAMES_OF_KOTLIN = [
    ('const val NAME = "a"\nfun f() { g(NAME) }', ["a"]),
    ('const val B = "b"\nval NAME: String = "$B-c"\nfun f() { g(NAME) }', ["b-c"]),
    ('fun f() { var NAME = "a"\nif (x) { NAME = "b" }\ng(NAME) }', ["a", "b"]),
    ('fun f() { var NAME = "a"\nNAME += "b"\ng(NAME) }', ["*"]),
    ('val NAME = "a"\nfun f(NAME: String) { g(NAME) }', ["*"]),
    ('val NAME = "a"\nclass C(val NAME: String) { val x = g(NAME) }', ["*"]),
    ('val NAME = "a"\nfun f() { for (NAME in x) { g(NAME) } }', ["*"]),
    ('val NAME = "a"\nfun f() { for ((x, NAME) in y) { g(NAME) } }', ["*"]),
    ('val NAME = "a"\nfun f() { x.map { NAME -> g(NAME) } }', ["*"]),
    ('val NAME = "a"\nfun f() { val (x, NAME) = y\ng(NAME) }', ["*"]),
    ('val NAME = "a"\nfun f() { try { x() } catch (NAME: Exception) { g(NAME) } }', ["*"]),
    ('val NAME = "a"\nfun f() { h(NAME = "b")\ng(NAME) }', ["a"]),
    ('class C {\ncompanion object { const val NAME = "a" }\nfun f() { g(NAME) }\n}', ["a"]),
    ("val NAME: String\nfun f() { g(NAME) }", ["*"]),
]
NAMES_OF_RUST = [
    ('const NAME: &str = "a";\nfn f() { g(NAME) }', ["a"]),
    ('static NAME: &str = "a";\nfn f() { g(NAME) }', ["a"]),
    ('lazy_static! { static ref NAME: String = "a".to_string(); }\nfn f() { g(NAME) }', ["a"]),
    ('static NAME: LazyLock<String> = LazyLock::new(|| "a".into());\nfn f() { g(NAME) }', ["a"]),
    ('fn f() { let mut NAME = "a"; if x { NAME = "b"; } g(NAME) }', ["a", "b"]),
    ('fn f(NAME: &str) { h(NAME); let NAME = "a"; g(NAME) }', ["a"]),
    ('fn f() { let NAME = "a"; let NAME = "b"; g(NAME) }', ["b"]),
    ('fn f() { let NAME = "a"; let x = g(NAME); let NAME = "b"; }', ["a"]),
    ('fn f() { let mut NAME = "a"; NAME += "b"; g(NAME) }', ["*"]),
    ('const NAME: &str = "a";\nfn f(NAME: &str) { g(NAME) }', ["*"]),
    ('const NAME: &str = "a";\nfn f() { for NAME in x { g(NAME) } }', ["*"]),
    ('const NAME: &str = "a";\nfn f() { for (_, NAME) in x { g(NAME) } }', ["*"]),
    ('const NAME: &str = "a";\nfn f() { x.map(|NAME| g(NAME)) }', ["*"]),
    ('const NAME: &str = "a";\nfn f() { if let Some(NAME) = x { g(NAME) } }', ["*"]),
    ('const NAME: &str = "a";\nfn f() { match x { Some(NAME) => g(NAME), _ => {} } }', ["*"]),
    ('const NAME: &str = "a";\nfn f() { let (x, NAME) = y; g(NAME) }', ["*"]),
    ('const NAME: &str = "a";\nfn f() { let S { NAME, .. } = y; g(NAME) }', ["*"]),
]


@pytest.mark.parametrize(
    ("language", "code", "ways"),
    [
        *(("go", f"package a\n\n{code}\n", ways) for code, ways in NAMES_OF_GO),
        *(("kotlin", f"{code}\n", ways) for code, ways in NAMES_OF_KOTLIN),
        *(("rust", f"{code}\n", ways) for code, ways in NAMES_OF_RUST),
    ],
)
def test_a_name(language: str, code: str, ways: list[str]) -> None:
    """What the name that is handed to `g` comes out as."""
    here = parsed(code, language)
    start = code.rindex("g(NAME)") + 2
    name = here.document.node_at(start, start + 4)
    assert name is not None
    assert shown(here.evaluator.ways(name)) == ways


@pytest.mark.parametrize(
    ("code", "unfolded_code"),
    [
        # What is no macro, or one whose tokens mean nothing here, is left alone.
        ("a != (b)", "a != (b)"),
        ('println!("a: {}", [b])', 'println!("a: {}", [b])'),
        ('"vec![1]: {"', '"vec![1]: {"'),
        ('r#"json!({"a": 1})"#', 'r#"json!({"a": 1})"#'),
        ("// vec![1]", "// vec![1]"),
        ("/* vec![1] */", "/* vec![1] */"),
        ("macro_rules! map { () => {} }", "macro_rules! map { () => {} }"),
        ("fn f<'a>(x: &'a str) { '{' }", "fn f<'a>(x: &'a str) { '{' }"),
        # What is one stands for itself.
        ('format!("{}", a)', 'format ("{}", a)'),
        ("vec![a, b]", "    [a, b]"),
        ("std::vec![a]", "         [a]"),
        ('json!({"a": b})', '     (["a"= b])'),
        ('json!({"a": [b::c, {"d": null}]})', '     (["a"= [b::c, ["d"= null]]])'),
        ('json!({"a": if b { c } else { d }})', '     (["a"= if b { c } else { d }])'),
        ('hashmap!{"a" => b}', '        ["a" =  b]'),
        ("select! { a = b => c }", "        { a = b => c }"),
        ("lazy_static! { static ref A: B = c; }", "               static     A: B = c;  "),
        # What is cut off is no fault.
        ('json!({"a": [', '     (["a"= ['),
        ('vec!["a', '    ["a'),
        ("}])", "}])"),
    ],
)
def test_a_macro_stands_for_what_it_makes(code: str, unfolded_code: str) -> None:
    """In as many bytes, each of them at its place."""
    assert unfolded(b"x! " + code.encode()) == b"x! " + unfolded_code.encode()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.go", "package a\n\nvar x = " + "&" * 20_000 + "{name}\n"),
        ("a.go", "package a\n\nfunc f() { h.Set({name}, " + "string(" * 3_000 + "x" + ")" * 3_000 + ") }\n"),
        ("a.rs", "fn f() { h.insert({name}, " + "Some(" * 3_000 + "x" + ")" * 3_000 + "); }\n"),
        ("a.rs", 'json!({"a": ' * 3_000 + "{name}"),
        ("a.kt", "val a = " + "(" * 3_000 + "{name}" + ")" * 3_000 + "\n"),
        ("a.kt", 'val a = "' + "$x" * 3_000 + '"; h({name})\n'),
    ],
)
def test_what_is_nested_deeply_is_read(path: str, code: str) -> None:
    """Without an end to the stack, whatever comes out."""
    name = '"Helicone-Property-App"'
    assert read(Source(path, code.replace("{name}", name).encode())).problem is None
