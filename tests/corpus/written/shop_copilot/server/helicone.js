'use strict';

const axios = require('axios');

const BASE = process.env.HELICONE_GATEWAY || 'https://oai.helicone.ai/v1';

/**
 * @param {Record<string, unknown>} properties
 * @returns {Record<string, string>}
 */
function heliconeHeaders(properties = {}) {
  const headers = { 'Helicone-Auth': `Bearer ${process.env.HELICONE_API_KEY}` };
  Object.keys(properties).forEach((name) => {
    const value = properties[name];
    if (value != null) headers['Helicone-Property-' + name.toLowerCase()] = String(value);
  });
  return headers;
}

async function chat(messages, { model = 'gpt-4o-mini', properties = {}, ...rest } = {}) {
  const { data } = await axios.post(
    `${BASE}/chat/completions`,
    { model, messages, ...rest },
    { headers: { Authorization: `Bearer ${process.env.OPENAI_API_KEY}`, ...heliconeHeaders(properties) } },
  );
  return data.choices[0].message.content;
}

module.exports = { chat, heliconeHeaders };
module.exports.withDefaults = (defaults) => (messages, options = {}) =>
  chat(messages, { ...options, properties: { ...defaults, ...options.properties } });
