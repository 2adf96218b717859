const { OpenAI } = require("openai");
module.exports = new OpenAI({ defaultHeaders: { "Helicone-Property-Env": "dev" } });
