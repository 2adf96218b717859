import { useAssistant as useHelp } from '../hooks/useAssistant';

export function ReturnsHelp({ orderId, t }: { orderId: string; t: (key: string, options?: object) => string }) {
  const help = useHelp({
    feature: 'returns',
    properties: { Screen: 'order' },
  });
  return (
    <aside>
      <h2>{t('returns.title', { feature: 'returns', properties: { orderId } })}</h2>
      <button onClick={() => help.ask(`How do I return order ${orderId}?`)}>{t('returns.ask')}</button>
      <p>{help.text}</p>
    </aside>
  );
}
