helicone("m", { extraBody: { helicone: { tags: ["tools", `team-${team}`, ...others] } } });
const tags = ["demo"];
helicone("m", { extraBody: { helicone: { tags } } });
openai("m", { extraBody: { tags: ["none"] } });
