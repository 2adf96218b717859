helicone("m", { extraBody: { helicone: { properties: { application: "chat", Env: "prod", ...more } } } });
function labelled(properties: Record<string, string>) {
  return helicone("m", { extraBody: { helicone: { properties } } });
}
labelled({ application: "search" });
