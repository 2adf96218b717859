const node = { headers: [{ name: "Helicone-Property-App", value: "flow" }] };
const route = { headers: [{ key: "Helicone-Property-Environment", value: live ? "prod" : "staging" }] };
const documented = { name: "Helicone-Property-Nope", in: "header", required: false };
const title = { title: "Helicone-Property-Nope", value: "x" };
