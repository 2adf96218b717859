"use server";

import { coverLetter, tailor as tailorResume } from "@tailor/ai";
import { saveDraft, tailor as tailorTheme } from "./theme";

export async function onTailor(form: FormData) {
  const posting = String(form.get("posting"));
  const text = await tailorResume({
    resume: String(form.get("resume")),
    posting,
    surface: form.has("first") ? "onboarding" : "editor",
    props: { posting_host: new URL(String(form.get("url"))).host, seniority: String(form.get("level") ?? "any") },
  });
  await saveDraft({ text, surface: "editor", props: { theme: tailorTheme({ surface: "email", props: { ink: "blue" } }) } });
  return text;
}

export async function onLetter(resume: string, posting: string) {
  const props = { template: "modern" };
  return coverLetter({ resume, posting, props });
}
