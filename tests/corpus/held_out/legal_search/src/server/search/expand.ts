import { structured } from '~/server/llm';
import { createClient } from '@opensearch/client';

const index = createClient({ feature: 'bm25', custom: { shards: 3 } });

export async function expand(query: string, jurisdiction: string) {
  const terms = await structured(`Synonyms of "${query}" as JSON`, (json) => (json as { terms: string[] }).terms, {
    feature: 'query-expansion',
    jurisdiction: jurisdiction.toUpperCase(),
    custom: { queryLength: query.length, cached: false },
  });
  return index.search({ terms, metadata: { feature: 'search', jurisdiction } });
}
