const PREFIX = "Helicone-Property-";
const headers = {
  ["Helicone-Property-" + "App"]: "cha" + "t",
  [`${PREFIX}Environment`]: "production",
  [PREFIX + "User_Tier"]: `${tier}`,
  [`Helicone-Property-${"Billable"}`]: String(true),
  ["Helicone-Property-feature_search".toLowerCase()]: "ENABLED".toLowerCase(),
  ["Helicone-Property-".concat("Customer_Id")]: `cust_${id}`,
  "Helicone-Property-\x41pp": "esc\u{61}ped",
};
