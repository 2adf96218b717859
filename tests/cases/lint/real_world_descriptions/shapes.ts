const shape = z.object({ "Helicone-Property-Nope": z.string().optional() });
const served = { "Helicone-Property-Nope": { in: "header", required: false } };
const filter = { properties: { "Helicone-Property-Nope": { equals: "x" } } };
const merged = { ...shape, "Helicone-Property-App": "web" };
