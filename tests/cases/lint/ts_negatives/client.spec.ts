expect(headers["Helicone-Property-Nope"]).toBe("x");
expect(headers).toEqual({ "Helicone-Property-Nope": "x" });
expect(create).toHaveBeenCalledWith(expect.objectContaining({ headers: { "Helicone-Property-Nope": "x" } }));
expect(headers).toHaveProperty("Helicone-Property-Nope", "x");
assert.equal(headers["Helicone-Property-Nope"], "x");
assert.deepStrictEqual(headers, { "Helicone-Property-Nope": "x" });
expect(call.headers).toMatchObject({ "Helicone-Property-Nope": expect.any(String) });
headers.should.have.property("Helicone-Property-Nope", "x");
