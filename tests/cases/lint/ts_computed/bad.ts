for (const [key, value] of Object.entries(properties)) {
  headers[`Helicone-Property-${key}`] = value;
  headers.set(`Helicone-Property-${team}_environment`, value);
  headers["Helicone-Property-feature_" + key] = "on";
  headers["Helicone-Property-featur_" + key] = "on";
}
const all = Object.fromEntries(Object.entries(properties).map(([key, value]) => [`Helicone-Property-${key}`, value]));
const headerOf = (name: string) => `Helicone-Property-${name}`;
function nameOf(name: string) {
  return "Helicone-Property-" + name;
}
const PREFIX = "Helicone-Property-";
headers[PREFIX + key] = "x";
