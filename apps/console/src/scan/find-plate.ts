import { isPlate, provinces } from '../ticket/plate.js';

/** A plate as it was read: whole, or without its province, which readers of Latin letters do not know. */
export interface ReadPlate {
  readonly province?: string;
  /** The letter of the authority and what follows: five characters, or six of a new-energy truck. */
  readonly rest: string;
}

/** What no plate has is read for what it looks like: GA 36 has neither O nor I among its serial numbers. */
const lookalikes: Readonly<Record<string, string>> = { O: '0', I: '1' };

/** Of five characters at most two are letters; a new-energy truck has its letter first, or last where it is large. */
const serials = [/^(?!(?:.*[A-Z]){3})[A-HJ-NP-Z0-9]{5}$/, /^[A-HJK][A-HJ-NP-Z0-9]\d{4}$/, /^\d{5}[A-HJK]$/];

/** Signs at the end of plates of trailers, learners, the police, Hong Kong, Macao, consulates and embassies. */
const others = '\u6302\u5b66\u8b66\u6e2f\u6fb3\u9886\u4f7f';

/**
 * Province, letter and serial number, in one line or two, with or without the dot or a gap between them. Nothing that goes on
 * with another letter or digit, or with a sign that is no truck’s.
 */
const candidate = new RegExp(
  `([${provinces.join('')}])?\\s*(?<![A-Z0-9])([A-HJ-NP-Z])\\s*[·•.:*-]?\\s*([A-Z0-9]{5,6})(?![A-Z0-9${others}])`,
  'gu',
);

/** The plates in a text that was read, the whole ones first; none twice. */
export function platesIn(text: string): readonly ReadPlate[] {
  // Dots of other writings are the dot of a plate; half- and full-width letters are one.
  const tidy = text
    .normalize('NFKC')
    .replaceAll(/[‧∙⋅・·]/g, '·')
    .toUpperCase();
  const found = new Map<string, ReadPlate>();
  for (const [, province, letter = '', read = ''] of tidy.matchAll(candidate)) {
    const serial = read.replaceAll(/[OI]/g, (each) => lookalikes[each] ?? each);
    const rest = `${letter}${serial}`;
    if (!serials.some((shape) => shape.test(serial)) || !isPlate(`${province ?? provinces[0]}${rest}`)) continue;
    if (province !== undefined) found.set(rest, { province, rest });
    else if (!found.has(rest)) found.set(rest, { rest });
  }
  return [...found.values()].toSorted(
    (one, other) => Number(one.province === undefined) - Number(other.province === undefined),
  );
}
