const PREFIX = "Helicone-Property-";
const headers = {
  ["Helicone-Property-" + "Env"]: "de" + "v",
  [`${PREFIX}Environment`]: `prod`,
  [PREFIX + "User_Tier"]: `go${"ld"}`,
  [`Helicone-Property-${"Apps"}`]: name,
  ["Helicone-Property-App"]: `${""}`,
};
