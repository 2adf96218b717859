this.heliconeMeta = options.heliconeMeta ?? {};
if (this.heliconeMeta?.properties) send(this.heliconeMeta.properties);
new OpenAI({ apiKey, heliconeMeta: { cache: true } });
