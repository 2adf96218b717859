import { IMPORTED } from "./shared";

export const HEADER = "Helicone-Property-App";
const ALIAS = HEADER;
const VALUE = "production" as const;
let tier: string = "free";
tier = "pro";
const headers = { [HEADER]: "chat", "Helicone-Property-Environment": VALUE, "Helicone-Property-User_Tier": tier };
headers[ALIAS] = IMPORTED;

function shadowed(VALUE: string, { HEADER }: Names) {
  return { "Helicone-Property-Environment": VALUE, [HEADER]: "no header" };
}

function inner() {
  const VALUE = "staging";
  return () => ({ "Helicone-Property-Environment": VALUE });
}

for (const VALUE of values) {
  headers["Helicone-Property-Environment"] = VALUE;
}
for (let VALUE = 0; VALUE < 3; VALUE++) {
  headers["Helicone-Property-Environment"] = VALUE;
}
try {
  throw VALUE;
} catch (VALUE) {
  headers["Helicone-Property-Environment"] = VALUE;
}
{
  const { VALUE } = options;
  headers["Helicone-Property-Environment"] = VALUE;
}
const environment = "staging";
const app = given();
const short = { "Helicone-Property-Environment": environment, "Helicone-Property-App": app };
