import { newTruck } from '../custody/truck.js';
import { handedOverWithSeal, withSeal } from './seal.js';

const truck = newTruck({ plate: 'G1', plateColour: 'yellow', licenceRequired: 'A2' }, 'area', null);
const sealed = { ...truck, sealNumber: 'S1' };
const seen = (number: string, intact = true) => ({ number, intact });
const problem = (code: string, says: string) =>
  expect.objectContaining({ kind: 'conflict', code, message: expect.stringContaining(says) as string }) as Error;

test('the first seal that is seen is recorded', () => {
  expect(withSeal(truck, seen('S1'), 'check').sealNumber).toBe('S1');
  expect(handedOverWithSeal(truck, seen('S1')).sealNumber).toBe('S1');
});

test('the recorded one is as it should be', () => {
  expect(withSeal(sealed, seen('S1'), 'check')).toBe(sealed);
  expect(handedOverWithSeal(sealed, seen('S1'))).toBe(sealed);
});

test('a sealed truck is not handed over unseen; one without a seal is', () => {
  expect(() => handedOverWithSeal(sealed, undefined)).toThrow(problem('SEAL.MISSING', 'send its seal'));
  expect(handedOverWithSeal(truck, undefined)).toBe(truck);
});

test('another number, or a broken seal, is refused, and it is said what to do', () => {
  const abort = 'abort the handoff with reason seal_mismatch';
  expect(() => handedOverWithSeal(sealed, seen('S2'))).toThrow(problem('SEAL.DIFFERS', abort));
  expect(() => handedOverWithSeal(sealed, seen('S1', false))).toThrow(problem('SEAL.BROKEN', abort));
  expect(() => withSeal(sealed, seen('S2'), 'check')).toThrow(problem('SEAL.DIFFERS', 'hold the cargo'));
});
