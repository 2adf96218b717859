"""Headers of answers are no usages; those of requests are, whatever stands beside them."""

from __future__ import annotations

import pytest

from tests.lint.documents import told

H = '"Helicone-Property-App"'


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.py", f'response.headers[{H}] = "x"'),
        ("a.py", f'resp.headers.update({{{H}: "x"}})'),
        ("a.py", f'response[{H}] = "x"'),
        ("a.py", f'return JSONResponse(body, headers={{{H}: "x"}})'),
        ("a.py", f'return Response(body, 200, {{{H}: "x"}})'),
        ("a.py", f'answer = make_response(body, 200, {{{H}: "x"}})'),
        ("a.py", f'raise HTTPException(429, headers={{{H}: "x"}})'),
        ("a.py", f'api_response.headers[{H}] = "x"'),
        ("a.ts", f'res.setHeader({H}, "x");'),
        ("a.ts", f'res.writeHead(200, {{ {H}: "x" }});'),
        ("a.ts", f'reply.header({H}, "x");'),
        ("a.ts", f'ctx.response.set({H}, "x");'),
        ("a.ts", f'ctx.set({H}, "x");'),
        ("a.ts", f'c.header({H}, "x");'),
        ("a.ts", f'new Response(body, {{ headers: {{ {H}: "x" }} }});'),
        ("a.ts", f'new Response(body, {{ headers: new Headers({{ {H}: "x" }}) }});'),
        ("a.ts", f'NextResponse.json(body, {{ headers: {{ {H}: "x" }} }});'),
        ("a.ts", f'response.headers.set({H}, "x");'),
        ("a.go", f'package a\nfunc f() {{ w.Header().Set({H}, "x") }}'),
        ("a.go", f'package a\nfunc f() {{ c.Writer.Header().Set({H}, "x") }}'),
        ("a.go", f'package a\nfunc f() {{ resp.Header.Set({H}, "x") }}'),
        ("a.go", f'package a\nfunc f() {{ c.Header({H}, "x") }}'),
        ("a.rb", f'response.headers[{H}] = "x"'),
        ("a.rb", f'response.set_header({H}, "x")'),
        ("a.php", f'<?php $response->headers->set({H}, "x");'),
        ("a.php", f'<?php return response($body)->header({H}, "x");'),
        ("a.kt", f'fun f() {{ call.response.headers.append({H}, "x") }}'),
        ("a.kt", f'fun f() = ResponseEntity.ok().header({H}, "x")'),
        ("a.ex", f'put_resp_header(conn, {H}, "x")'),
        ("a.rs", f'fn f() {{ response.headers_mut().insert({H}, "x"); }}'),
    ],
)
def test_a_header_of_an_answer_is_no_usage(path: str, code: str) -> None:
    """By assignment, by a method, and in a map."""
    assert told(path, code) == []


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("a.py", f'request.headers[{H}] = "x"'),
        ("a.py", f'response = client.chat.create(extra_headers={{{H}: "x"}})'),
        ("a.py", f'client.chat.completions.with_raw_response.create(extra_headers={{{H}: "x"}})'),
        ("a.py", f'client.responses.create(extra_headers={{{H}: "x"}})'),
        ("a.py", f'get_response(prompt, headers={{{H}: "x"}})'),
        ("a.py", f'return JSONResponse(client.post(url, headers={{{H}: "x"}}))'),
        ("a.ts", f'const res = await fetch(url, {{ headers: {{ {H}: "x" }} }});'),
        ("a.ts", f'NextResponse.next({{ request: {{ headers: {{ {H}: "x" }} }} }});'),
        ("a.ts", f'res.json(await client.create(body, {{ headers: {{ {H}: "x" }} }}));'),
        ("a.ts", f'headers.set({H}, "x");'),
        ("a.go", f'package a\nfunc f() {{ req.Header.Set({H}, "x") }}'),
        ("a.go", f'package a\nfunc f() {{ req.Header().Set({H}, "x") }}'),
        ("a.rb", f'headers[{H}] = "x"'),
    ],
)
def test_a_header_of_a_request_is_one(path: str, code: str) -> None:
    """Though its answer is named beside it."""
    assert [usage.partition(" ")[2] for usage in told(path, code)] == ["app = x"]
