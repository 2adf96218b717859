it("tags", async () => {
  chai.expect(sent).to.deep.include({ "Helicone-Property-Nope": "x" });
  expect(sent).to.have.property("Helicone-Property-Nope", "x");
  sent.should.have.property("Helicone-Property-Nope", "x");
  expect(create).toHaveBeenCalledWith(body, expect.objectContaining({ headers: { "Helicone-Property-Nope": "x" } }));
  sinon.assert.calledWith(create, { headers: { "Helicone-Property-Nope": "x" } });
  nock("https://example.com", { reqheaders: { "Helicone-Property-Nope": "x" } }).get("/").reply(200);
  const expectedHeaders = { "Helicone-Property-Nope": "x" };
  await expect(ask({ headers: { "Helicone-Property-App": "test" } })).resolves.toBe(true);
});
