const generic = <T,>(value: T) => <Provider headers={{ "Helicone-Property-Env": "dev" }} value={value} />;
