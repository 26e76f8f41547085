import { Problem } from '@yizhan/kernel';

/** What a template may ask for anywhere outside the line. */
export const headNames = ['title', 'place', 'code', 'from', 'to', 'asOf', 'utcOffset'] as const;

const placeholder = /\{\{\s*([\w.]+)\s*\}\}/g;

/** Names of the placeholders in a text, such as `line.plate`. */
export const placeholdersIn = (text: string): string[] => [...text.matchAll(placeholder)].map(([, name = '']) => name);

/** The text with what its placeholders stand for; those that stand for nothing stay. */
export const filledIn = (text: string, texts: Readonly<Record<string, string>>): string =>
  text.replaceAll(placeholder, (whole, name: string) => texts[name] ?? whole);

export const invalidTemplate = (code: string, message: string): Problem => new Problem('invalid', code, message);
