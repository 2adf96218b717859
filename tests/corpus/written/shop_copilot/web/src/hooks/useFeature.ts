import { useSyncExternalStore } from 'react';
import { flags } from '../flags';

/** Feature flags; nothing to do with the assistant. */
export function useFeature({ feature, properties = {} }: { feature: string; properties?: Record<string, string> }) {
  return useSyncExternalStore(flags.subscribe, () => flags.isOn(feature, properties));
}
