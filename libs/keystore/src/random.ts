import { randomBytes } from 'node:crypto';

const inStock = 4_096;
let stock = Buffer.alloc(0);

/** Random bytes, each given out once. Asking the system for a few at a time takes longer than to encrypt with them. */
export function random(count: number): Buffer {
  if (stock.length < count) stock = randomBytes(inStock);
  const taken = Buffer.from(stock.subarray(0, count));
  stock.fill(0, 0, count);
  stock = stock.subarray(count);
  return taken;
}
