import { useMemo } from 'react';
import { useAssistant } from '../hooks';
import { useFeature } from '../hooks/useFeature';

export function GiftFinder({ occasion }: { occasion: string }) {
  const enabled = useFeature({ feature: 'gift-finder', properties: { plan: 'pro' } });
  const properties = useMemo(() => ({ Occasion: occasion, Screen: 'gift-finder' }), [occasion]);
  const { text, busy, ask } = useAssistant({ feature: 'gift-finder', properties });
  if (!enabled) return null;
  return (
    <section data-feature="gift-finder">
      <button disabled={busy} onClick={() => ask(`A gift for ${occasion}`)}>Find</button>
      <p>{text}</p>
    </section>
  );
}
