type LlmMetadata = { feature: string; jurisdiction?: string; custom?: Record<string, string> };

function Facet({ feature, jurisdiction, custom = {} }: LlmMetadata) {
  return <li data-feature={feature}>{[jurisdiction, ...Object.values(custom)].join(' · ')}</li>;
}

const structured = (label: string, facets: LlmMetadata[]) => facets.map((f) => <Facet key={label + f.feature} {...f} />);

export const Facets = () => <ul>{structured('facets', [{ feature: 'court', jurisdiction: 'EU', custom: { year: '2024' } }])}</ul>;
