#!/usr/bin/env node
import OpenAI from "openai";
export default new OpenAI({ defaultHeaders: { "Helicone-Property-App": "chat" } });
