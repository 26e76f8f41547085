/** What is wrong with a figure that was typed. */
export type ReadingFault = 'missing' | 'not_a_number' | 'out_of_range';

/** A figure as it was typed: its value, or what is wrong with it; neither where nothing was typed. */
export interface Reading {
  readonly value?: number;
  readonly fault?: Exclude<ReadingFault, 'missing'>;
}

/** The most that an odometer shows, kilometres. */
export const mostKm = 9_999_999;
export const mostPercent = 100;

/** Between thousands, as instruments and people write them. */
const thousands = /(?<=\d)[ ,](?=\d{3}(\D|$))/g;

/** Reads a figure between 0 and `most`, full-width digits too; what was typed is never changed. */
export function readingIn(typed: string, most: number): Reading {
  const text = typed.normalize('NFKC').trim().replaceAll(thousands, '');
  if (text === '') return {};
  if (!/^-?\d+(\.\d+)?$/.test(text)) return { fault: 'not_a_number' };
  const value = Number(text);
  return value < 0 || value > most ? { fault: 'out_of_range' } : { value };
}
