import { HttpService } from '@nestjs/axios';
import { Injectable, Logger } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { firstValueFrom } from 'rxjs';
import { PropertyName } from './property-name';

export interface GenerateDto {
  prompt: string;
  model?: string;
  meta?: Partial<Record<PropertyName, string>> & { [name: string]: string | undefined };
}

@Injectable()
export class LlmService {
  private readonly logger = new Logger(LlmService.name);

  constructor(private readonly http: HttpService, private readonly config: ConfigService) {}

  async generate(dto: GenerateDto): Promise<{ id: string; text: string }> {
    const { data, headers } = await firstValueFrom(
      this.http.post(
        'https://oai.helicone.ai/v1/chat/completions',
        { model: dto.model ?? 'gpt-4o-mini', messages: [{ role: 'user', content: dto.prompt }] },
        { headers: this.headersFor(dto.meta) },
      ),
    );
    this.logger.debug(`Helicone-Property-* sent: ${Object.keys(dto.meta ?? {})}`);
    return { id: headers['helicone-id'], text: data.choices[0].message.content };
  }

  async setProperty(id: string, key: string, value: unknown): Promise<void> {
    const url = `https://api.helicone.ai/v1/request/${id}/property`;
    const authorization = `Bearer ${this.config.getOrThrow('HELICONE_API_KEY')}`;
    await firstValueFrom(this.http.put(url, { key, value: String(value) }, { headers: { authorization } }));
  }

  setProperties(id: string, entries: Array<[key: string, value: unknown]>) {
    return Promise.all(entries.map(([key, value]) => this.setProperty(id, key, value)));
  }

  private headersFor(meta: GenerateDto['meta']) {
    const headers: Record<string, string> = {
      'Helicone-Auth': `Bearer ${this.config.get('HELICONE_API_KEY')}`,
      'Helicone-Property-Environment': this.config.get('NODE_ENV', 'development'),
    };
    for (const [name, value] of Object.entries(meta ?? {})) {
      if (!value) continue;
      const header = name.startsWith('Helicone-') ? name : 'Helicone-Property-' + name;
      headers[header] = value;
    }
    return headers;
  }
}
