import fc from 'fast-check';
import { Agenda, type Appointment } from './agenda.js';

const all = (agenda: Agenda<Appointment>): string[] => {
  const taken: string[] = [];
  for (let next = agenda.take(Infinity); next; next = agenda.take(Infinity)) taken.push(`${next.dueAt} ${next.key}`);
  return taken;
};

test('the earliest comes first, at the same instant by key', () => {
  const agenda = new Agenda<Appointment>();
  for (const [key, dueAt] of [
    ['b', 2],
    ['c', 1],
    ['a', 2],
  ] as const)
    agenda.plan({ key, dueAt, slot: key });
  expect(agenda.nextDueAt).toBe(1);
  expect(all(agenda)).toEqual(['1 c', '2 a', '2 b']);
});

test('nothing is taken before it is due', () => {
  const agenda = new Agenda<Appointment>();
  agenda.plan({ key: 'a', dueAt: 5, slot: 'a' });
  expect(agenda.take(4)).toBeUndefined();
  expect(agenda.take(5)?.key).toBe('a');
  expect(agenda.take(5)).toBeUndefined();
});

test('a slot holds one appointment: the newest, or none', () => {
  const agenda = new Agenda<Appointment>();
  agenda.plan({ key: 'old', dueAt: 1, slot: 's' });
  agenda.plan({ key: 'new', dueAt: 3, slot: 's' });
  agenda.plan({ key: 'off', dueAt: 2, slot: 't' });
  agenda.drop('t');
  expect(agenda.size).toBe(1);
  expect(agenda.at('s')?.key).toBe('new');
  expect(all(agenda)).toEqual(['3 new']);
});

test('whatever is planned and dropped, what is left comes in order', () => {
  const entry = fc.record({
    key: fc.integer({ max: 1e6 }).map(String),
    dueAt: fc.integer({ min: 0, max: 20 }),
    slot: fc.integer({ min: 0, max: 30 }).map(String),
    drops: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: ({ key }) => key, maxLength: 80 }), (entries) => {
      const agenda = new Agenda<Appointment>();
      const expected = new Map<string, Appointment>();
      for (const { drops, ...appointment } of entries) {
        agenda.plan(appointment);
        expected.set(appointment.slot, appointment);
        if (!drops) continue;
        agenda.drop(appointment.slot);
        expected.delete(appointment.slot);
      }
      const sorted = [...expected.values()].toSorted((a, b) => a.dueAt - b.dueAt || (a.key < b.key ? -1 : 1));
      expect(all(agenda)).toEqual(sorted.map(({ dueAt, key }) => `${dueAt} ${key}`));
    }),
  );
});
