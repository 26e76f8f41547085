import { newTruck } from '../custody/truck.js';
import { withSeal } from './seal.js';

const truck = newTruck({ plate: 'G1', plateColour: 'yellow', licenceRequired: 'A2' }, 'area', null);
const sealed = { ...truck, sealNumber: 'S1' };
const seen = (number: string, intact = true) => ({ number, intact });
const problem = (code: string) => expect.objectContaining({ kind: 'conflict', code }) as Error;

test('the first seal that is seen is recorded', () => {
  expect(withSeal(truck, seen('S1')).sealNumber).toBe('S1');
});

test('the recorded one is as it should be; none is asked for where none is given', () => {
  expect(withSeal(sealed, seen('S1'))).toBe(sealed);
  expect(withSeal(sealed, undefined)).toBe(sealed);
});

test('another number, or a broken seal, is refused', () => {
  expect(() => withSeal(sealed, seen('S2'))).toThrow(problem('SEAL.DIFFERS'));
  expect(() => withSeal(sealed, seen('S1', false))).toThrow(problem('SEAL.BROKEN'));
});
