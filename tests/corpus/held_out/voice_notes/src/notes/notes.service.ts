import { Injectable } from '@nestjs/common';
import { markRequest } from '@voice/telemetry';
import { LlmService } from '../llm/llm.service';
import { PropertyName } from '../llm/property-name';
import { MailService } from '../mail/mail.service';

interface Note {
  id: string;
  kind: 'memo' | 'meeting';
  transcript: string;
  speakers: number;
}

@Injectable()
export class NotesService {
  constructor(private readonly llm: LlmService, private readonly mail: MailService) {}

  async title(note: Note) {
    const { text } = await this.llm.generate({
      prompt: `Title:\n${note.transcript}`,
      meta: {
        [PropertyName.Feature]: 'title',
        [PropertyName.NoteKind]: note.kind,
      },
    });
    return text;
  }

  async minutes(note: Note) {
    const meta: Record<string, string> = { feature: 'minutes' };
    if (note.speakers > 1) meta[PropertyName.Speakers] = `${note.speakers}`;
    const { id, text } = await this.llm.generate({ prompt: note.transcript, model: 'gpt-4o', meta });

    await this.llm.setProperty(id, 'minutes_length', text.length);
    await this.llm.setProperties(id, [
      ['has_actions', text.includes('TODO')],
      ['language', 'en'],
    ]);
    markRequest(id, { marks: { shared: 'no', pinned: 'no' } });
    await this.mail.generate({ prompt: 'minutes', meta: { feature: 'minutes', to: 'team' } });
    await this.mail.setProperty(id, 'X-Priority', 3);
    return text;
  }
}
