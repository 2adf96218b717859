// headers["Helicone-Property-Nope"] = "x";
/* { "Helicone-Property-Nope": "x" } */
const value = headers["Helicone-Property-Nope"];
const { "Helicone-Property-Nope": nope } = headers;
const { "Helicone-Property-Nope": other = "default" } = headers;
function read({ "Helicone-Property-Nope": nope }: Headers) {}
if (headers["Helicone-Property-Nope"] === "x") {
}
if ("Helicone-Property-Nope" in headers) {
}
delete headers["Helicone-Property-Nope"];
headers.delete("Helicone-Property-Nope");
headers.get("Helicone-Property-Nope");
headers.has("Helicone-Property-Nope");
name.startsWith("Helicone-Property-");
name.replace("Helicone-Property-", "");
name.replace(/^Helicone-Property-/i, "x");
console.log("Helicone-Property-Nope", "x");
logger.warn("Helicone-Property-Nope", value);
throw new Error("Helicone-Property-Nope");
interface Names {
  "Helicone-Property-Nope": string;
  "Helicone-Property-Other"?: "x";
}
type Keys = "Helicone-Property-Nope" | "Helicone-Property-Other";
type Header = `Helicone-Property-${string}`;
enum Constants {
  Nope = "Helicone-Property-Nope",
}
const ALLOWED = ["Helicone-Property-Nope", "Helicone-Property-Other"];
const ALLOWED_TOO = ["Authorization", "Helicone-Property-Nope", "Accept"];
res.setHeader("Access-Control-Allow-Headers", "Helicone-Property-Nope, Accept");
const session = { "Helicone-Session-Properties": "x" };
process.env.HELICONE_PROPERTY_NOPE = "x";
const token = process.env["HELICONE_PROPERTY_NOPE"] ?? "x";
const rest = name.slice("Helicone-Property-".length);
switch (name) {
  case "Helicone-Property-Nope":
    break;
}
