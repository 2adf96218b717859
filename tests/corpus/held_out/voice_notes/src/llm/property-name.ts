export enum PropertyName {
  Feature = 'feature',
  NoteKind = 'note_kind',
  Speakers = 'speakers',
}
