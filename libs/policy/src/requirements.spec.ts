import { licenceCovers } from './licence-covers.js';
import { policyPack } from './policy-pack.js';
import { checksNeeded, credentialsNeeded } from './requirements.js';

const { rules } = policyPack('cn-freight');

describe('licenceCovers', () => {
  it.each([
    ['A1', 'A1 B1 B2 C1'],
    ['A2', 'A2 B1 B2 C1'],
    ['B1', 'B1 C1'],
    ['B2', 'B2 C1'],
    ['C1', 'C1'],
    ['D', ''],
    ['toString', ''],
  ])('lets a holder of %s drive what needs %s', (held, covered) => {
    const all = ['A1', 'A2', 'B1', 'B2', 'C1', 'D', 'toString'];
    expect(all.filter((required) => licenceCovers(rules, [held], required)).join(' ')).toBe(covered);
  });

  it('asks for one licence of all that are held', () => {
    expect(licenceCovers(rules, ['C1', 'A2'], 'B2')).toBe(true);
    expect(licenceCovers(rules, [], 'C1')).toBe(false);
  });
});

describe('credentialsNeeded', () => {
  it('asks for the professional qualification above C1', () => {
    expect(credentialsNeeded(rules, { licenceRequired: 'A2' })).toEqual(['professional_qualification']);
    expect(credentialsNeeded(rules, { licenceRequired: 'C1' })).toEqual([]);
  });
});

describe('checksNeeded', () => {
  it('asks for a pass into the zone only', () => {
    expect(checksNeeded(rules, 'into_zone')).toEqual(['person', 'vehicle', 'pass', 'seal']);
    expect(checksNeeded(rules, 'out_of_zone')).toEqual(['person', 'vehicle', 'seal']);
  });
});
