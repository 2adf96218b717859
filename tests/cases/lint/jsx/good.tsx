export function Chat({ app }: { app: string }) {
  const send = useCallback(() => fetch("/api", { headers: { "Helicone-Property-App": app } }), [app]);
  return (
    <Provider headers={{ "Helicone-Property-Environment": "production" }}>
      Helicone-Property-Nope: x
      <Button title="Helicone-Property-Nope" onClick={send} />
    </Provider>
  );
}
