import { useCallback, useState } from 'react';

export interface AssistantOptions {
  feature: string;
  properties?: Record<string, string>;
}

export function useAssistant({ feature, properties = {} }: AssistantOptions) {
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);

  const ask = useCallback(
    async (question: string) => {
      setBusy(true);
      const response = await fetch('https://gateway.helicone.ai/v1/chat/completions', {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'Helicone-Property-Feature': feature,
          'Helicone-Property-Client': 'web',
          ...Object.fromEntries(Object.entries(properties).map(([k, v]) => [`Helicone-Property-${k}`, v])),
        },
        body: JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: question }] }),
      });
      const answer = await response.json();
      setText(answer.choices[0].message.content);
      setBusy(false);
    },
    [feature, properties],
  );

  return { text, busy, ask };
}
