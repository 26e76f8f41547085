/** 公民身份号码, GB 11643: six digits of the place, the date of birth, three digits of order, a check character. */
const form = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{4}(?:18|19|20)\d{9}[\dX]$/;
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
/** ISO 7064, MOD 11-2. */
const checkCharacters = '10X98765432';

/** The number as it is kept, or undefined where it is none. A small x is taken as X. */
export function identityNumberIn(text: string): string | undefined {
  const number = text.trim().toUpperCase();
  return form.test(number) && isDay(number.slice(6, 14)) && hasRightCheck(number) ? number : undefined;
}

function hasRightCheck(number: string): boolean {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(number.charAt(index)), 0);
  return checkCharacters.charAt(sum % 11) === number.charAt(17);
}

function isDay(yyyymmdd: string): boolean {
  const [year, month, day] = [yyyymmdd.slice(0, 4), yyyymmdd.slice(4, 6), yyyymmdd.slice(6)].map(Number);
  if (year === undefined || month === undefined || day === undefined || month < 1 || month > 12) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}
