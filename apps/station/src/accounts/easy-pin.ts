/**
 * Whether a PIN is among those that are tried first: few different digits, a run such as 456789 or 987654, or a short block over
 * and over, as in 123123. A thief has ten tries before it is locked; of a million PINs these are some hundred.
 */
export function isEasyPin(pin: string): boolean {
  const digits = Array.from(pin, Number);
  const steps = digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10);
  const isRun = (step: number): boolean => steps.every((each) => each === step);
  return new Set(digits).size <= 2 || isRun(1) || isRun(9) || /^(\d{2,4})\1+$/.test(pin);
}
