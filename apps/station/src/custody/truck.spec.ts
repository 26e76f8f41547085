import fc from 'fast-check';
import { handedTo, inCustody, isHeldBy, newTruck, notTheCustodian, untracked } from './truck.js';

const truck = newTruck({ plate: 'G1', plateColour: 'yellow', licenceRequired: 'A2' }, 'area', null);
const driver = (id: string) => ({ kind: 'driver', id }) as const;

test('a new truck is in nobody’s custody', () => {
  expect(truck.custodian).toBeNull();
  expect(() => inCustody(truck)).toThrow(expect.objectContaining({ code: 'CUSTODY.NOT_TRACKED' }));
});

test('whoever takes it last answers for it, alone; the chain never goes back in time', () => {
  const moves = fc.array(fc.tuple(fc.constantFrom('O1', 'R1', 'R2'), fc.integer({ min: 0, max: 50 })));
  fc.assert(
    fc.property(moves, (chain) => {
      let now = truck;
      for (const [id, at] of chain) {
        if (now.custodyAt !== null && at < now.custodyAt) {
          const before = now;
          expect(() => handedTo(before, driver(id), at)).toThrow(
            expect.objectContaining({ code: 'CUSTODY.BEFORE_THE_LAST' }),
          );
          continue;
        }
        now = handedTo(now, driver(id), at);
        expect(inCustody(now)).toMatchObject({ custodian: driver(id), custodyAt: at });
        expect(['O1', 'R1', 'R2'].filter((each) => isHeldBy(now, each))).toEqual([id]);
      }
      expect(untracked(now).custodian).toBeNull();
    }),
  );
});

test('the refusal names who answers for the truck', () => {
  expect(notTheCustodian(handedTo(truck, driver('R1'), 1), driver('O1'))).toMatchObject({
    kind: 'conflict',
    details: { plate: 'G1', custodian: driver('R1') },
  });
});
