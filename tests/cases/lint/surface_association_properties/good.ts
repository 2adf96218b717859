traceloop.withAssociationProperties({ "Helicone-Property-app": "chat", "Helicone-Session-Id": id }, () => answer());
