import { badInput } from '@yizhan/process';
import { readTerminal } from '../runtime/config.js';
import { isUnpacked, withOwnCommands } from '../runtime/unpacked.js';

const terminal = readTerminal();

export type Language = 'en' | 'zh';

export const language: Language = terminal.language;

export const showsStacks = terminal.showsStacks;

/** The text in the language of the terminal. */
export const inLanguage = <T>(texts: Readonly<Record<Language, T>>): T => texts[language];

/** A text with the commands that can be typed here: an archive has neither npm nor npx. */
export const asTyped = (text: string): string => (isUnpacked() ? withOwnCommands(text) : text);

/** Data: the only thing that goes to stdout. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

/** For people: names the commands that can be typed here. */
export function say(text: string): void {
  print(asTyped(text));
}

/** Progress and remarks go to stderr. */
export function tell(line: string): void {
  process.stderr.write(`yizhan: ${asTyped(line)}\n`);
}

type Colour = 'green' | 'yellow' | 'red' | 'bold';

const codes: Readonly<Record<Colour, number>> = { bold: 1, red: 31, green: 32, yellow: 33 };

/** Whether stdout is a terminal, and NO_COLOR does not say otherwise. */
export const isColoured = (): boolean => process.stdout.isTTY && terminal.colour;

/** Coloured only where that is seen. */
export function coloured(colour: Colour, text: string): string {
  if (!isColoured()) return text;
  return `\u001b[${codes[colour]}m${text}\u001b[0m`;
}

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `90s`, `30m`, `12h`, `7d` in milliseconds. @throws Fault for anything else. */
export function readDuration(text: string, name: string): number {
  const [, count, unit] = /^([1-9]\d{0,5})([smhd])$/.exec(text) ?? [];
  const milliseconds = Number(count) * (units[unit ?? ''] ?? Number.NaN);
  if (Number.isFinite(milliseconds)) return milliseconds;
  throw badInput(`${name}: ${text} is no duration`, 'Write a number and s, m, h or d, such as 12h.');
}
