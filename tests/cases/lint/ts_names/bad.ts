const PREFIX = "Helicone-Property-";
const KEY = `${PREFIX}Env`;
const VALUE = "prod";
const OTHER = VALUE;
const headers = { [KEY]: "production" };
headers["Helicone-Property-Environment"] = OTHER;

function twice(flag: boolean) {
  let tier = "gold";
  if (flag) {
    tier = "pro";
  }
  return { "Helicone-Property-User_Tier": tier };
}
