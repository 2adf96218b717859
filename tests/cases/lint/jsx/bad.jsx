export const Chat = () => (
  <Provider headers={{ "Helicone-Property-Env": "dev", ["Helicone-Property-User_Tier"]: `gold` }}>text</Provider>
);
