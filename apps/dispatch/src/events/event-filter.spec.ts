import { Caller, type Role } from '@yizhan/identity';
import fc from 'fast-check';
import { passesFilter, wantedBy } from './event-filter.js';
import { type EventFacts, LoggedEvent } from './logged-event.js';

const arrived: EventFacts = {
  id: 'one',
  type: 'yizhan.visit.arrived.v1',
  areaCode: 'jinhua',
  stationCode: 'JD',
  correlationId: 'one',
};
const lifted: EventFacts = { id: 'one', type: 'yizhan.zone.lifted.v1', areaCode: 'ningbo', correlationId: 'ningbo' };

const passesType = (pattern: string, type: string): boolean => passesFilter({ types: [pattern] })({ ...arrived, type });

describe('a filter', () => {
  it('that says nothing lets everything through', () => {
    expect([arrived, lifted].map(passesFilter({}))).toEqual([true, true]);
  });

  it.each([
    [{ types: ['yizhan.visit.arrived.v1'] }, [true, false]],
    [{ types: ['yizhan.visit.*', 'yizhan.zone.*'] }, [true, true]],
    [{ types: ['*.v1'] }, [true, true]],
    [{ stations: ['PJ', 'JD'] }, [true, false]],
    [{ areas: ['ningbo'] }, [false, true]],
    [{ types: ['*'], stations: ['JD'], areas: ['ningbo'] }, [false, false]],
    [{ types: ['yizhan.visit'] }, [false, false]],
    [{ types: [] }, [false, false]],
  ])('%j: one of each list, all of the lists', (filter, expected) => {
    expect([arrived, lifted].map(passesFilter(filter))).toEqual(expected);
  });

  it.each([
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*ba*a', 'abaa', true],
    ['a*ba*a', 'aba', false],
    ['**', '', true],
    ['*.*', 'ab', false],
    ['a.c', 'abc', false],
  ])('%s on %s: %s', (pattern, type, expected) => {
    expect(passesType(pattern, type)).toBe(expected);
  });

  it('matches as the regular expression of its pattern would', () => {
    const letters = fc.array(fc.constantFrom('a', 'b', '*'), { maxLength: 8 }).map((some) => some.join(''));
    const text = fc.array(fc.constantFrom('a', 'b'), { maxLength: 10 }).map((some) => some.join(''));
    fc.assert(
      fc.property(letters, text, (pattern, type) => {
        const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(type);
        expect(passesType(pattern, type)).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is not slowed down by many wildcards', () => {
    const begun = performance.now();
    expect(passesType('*a'.repeat(50), `${'a'.repeat(49)}b`)).toBe(false);
    expect(performance.now() - begun).toBeLessThan(100);
  });
});

describe('what is asked for by name', () => {
  const caller = (role: Role): Caller =>
    new Caller({ sub: 'x', role, stations: ['JD'], areas: ['jinhua'], carrierId: 'c' });

  it.each<[Role, object]>([
    ['operator', { stations: ['JD', 'PJ'] }],
    ['shift_lead', { stations: ['PJ'] }],
    ['command_centre', { areas: ['ningbo'] }],
  ])('is refused where it is not the %s’s: %j', (role, filter) => {
    expect(() => wantedBy(caller(role), filter)).toThrow(expect.objectContaining({ kind: 'forbidden' }));
  });

  it.each<[Role, object]>([
    ['operator', { stations: ['JD'], areas: ['ningbo'] }],
    ['command_centre', { areas: ['jinhua'], stations: ['PJ'] }],
    ['carrier', { stations: ['PJ'], areas: ['ningbo'] }],
    ['administrator', { stations: ['PJ'], areas: ['ningbo'] }],
  ])('is taken from the %s: %j', (role, filter) => {
    expect(() => wantedBy(caller(role), filter)).not.toThrow();
  });

  it('does not let through what is no event of ours', () => {
    const isWanted = wantedBy(caller('administrator'), {});
    expect(['', '{}', '[1]', '{"specversion":"1.0"}'].map((text) => isWanted(new LoggedEvent(1, text)))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
