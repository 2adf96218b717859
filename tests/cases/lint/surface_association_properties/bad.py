Traceloop.set_association_properties({"Helicone-Property-App": "chat", "Helicone-Property-app": "chat", "user": "anna"})
Traceloop.set_association_properties({f"Helicone-Property-{key}": value for key, value in {"env": "production"}.items()})
