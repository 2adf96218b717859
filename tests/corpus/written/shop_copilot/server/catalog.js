'use strict';

const { Client } = require('@elastic/elasticsearch');

const client = new Client({ node: process.env.ELASTIC_URL });

// the shop's chat-like search of its own; `properties` are fields of the documents
exports.chat = async ([query], { properties }) => {
  const { limit, ...fields } = properties;
  const answer = await client.search({ index: 'products', size: limit, query: { multi_match: { query, fields: Object.keys(fields) } } });
  return answer.hits.hits;
};
