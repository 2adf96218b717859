// Each line of input is a query as JSON; the answer is what the platform's parser makes of it, or null where it cannot read it.
// As the platform does it: Helicone/helicone at 67df07b8, HeliconeSqlManager.
const { Parser } = require(process.argv[2]);
const parser = new Parser();
const dialect = { database: "Postgresql" };
require("readline")
  .createInterface({ input: process.stdin })
  .on("line", (line) => {
    let text = null;
    try {
      text = parser.sqlify(parser.astify(JSON.parse(line), dialect), dialect);
    } catch {}
    console.log(JSON.stringify(text));
  });
