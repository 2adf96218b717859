// A builder of headers has nothing to do with attributes: its keys are lower-cased.
builder.withProperties({ "Helicone-Property-App": "chat" });
