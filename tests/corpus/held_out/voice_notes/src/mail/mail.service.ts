import { Injectable } from '@nestjs/common';

@Injectable()
export class MailService {
  private readonly properties = new Map<string, unknown>();

  async generate(dto: { prompt: string; meta: Record<string, string> }) {
    return `<h1>${dto.prompt}</h1>${Object.entries(dto.meta).map(([k, v]) => `<meta name="${k}" content="${v}">`)}`;
  }

  async setProperty(id: string, key: string, value: unknown) {
    this.properties.set(`${id}.${key}`, value);
  }
}
