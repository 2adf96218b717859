export interface LlmMetadata {
  feature: string;
  userId?: string;
  jurisdiction?: string;
  promptVersion?: string;
  custom?: Record<string, string | number | boolean | null>;
}

const FIELD_HEADERS: Record<string, string> = {
  feature: 'Helicone-Property-Feature',
  jurisdiction: 'Helicone-Property-Jurisdiction',
};

export function isTracked(header: string): boolean {
  return Object.values(FIELD_HEADERS).includes(header) || header.startsWith('Helicone-Property-');
}

export const kebab = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();

export function toHeaders(metadata: LlmMetadata): Record<string, string> {
  const { feature, jurisdiction, promptVersion, custom = {} } = metadata;
  const headers: Record<string, string> = { 'Helicone-Property-Feature': feature };
  if (jurisdiction) headers['Helicone-Property-Jurisdiction'] = jurisdiction;
  if (promptVersion) headers['Helicone-Property-Prompt-Version'] = promptVersion;
  if (metadata.userId) headers['Helicone-User-Id'] = metadata.userId;
  return Object.entries(custom).reduce(
    (all, [name, value]) => (value === null ? all : { ...all, [`Helicone-Property-${kebab(name)}`]: `${value}` }),
    headers,
  );
}
