export interface Theme {
  surface: string;
  props: Record<string, string>;
}

export function tailor({ surface, props }: Theme): string {
  return `${surface}:${Object.values(props).join("-")}`;
}

export async function saveDraft(draft: { text: string; surface: string; props: Record<string, string> }) {
  await fetch("/api/drafts", { method: "PUT", body: JSON.stringify(draft) });
}
