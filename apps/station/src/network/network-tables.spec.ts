import { stepsFrom, takeStep, type TransitionTable } from '../cases/transition-table.js';
import { shiftTable } from '../drivers/driver.js';
import { assertReadinessFollows, enterpriseTable } from './enterprises/enterprise.js';
import { stationTable } from './stations/relay-station.js';
import { zoneTable } from './zones/zone.js';

const tables: Record<string, { table: TransitionTable<string, string>; first: string }> = {
  station: { table: stationTable, first: 'open' },
  zone: { table: zoneTable, first: 'active' },
  enterprise: { table: enterpriseTable, first: 'willing' },
  shift: { table: shiftTable, first: 'off' },
};

test.each(Object.keys(tables))('every state of a %s can be reached from its first', (noun) => {
  const { table, first } = tables[noun];
  const reached = new Set([first]);
  for (const state of reached) for (const next of Object.values(table[state].steps)) reached.add(String(next));
  expect([...reached].toSorted()).toEqual(Object.keys(table).toSorted());
});

test('a closed station can only be opened again', () => {
  expect(stepsFrom(stationTable, 'closed')).toEqual(['reopen']);
});

test('a suspended station can be resumed', () => {
  expect(takeStep('station', stationTable, 'suspended', 'resume')).toBe('open');
});

test('an enterprise that has ended begins anew', () => {
  expect(() => assertReadinessFollows('ended', 'willing')).not.toThrow();
  expect(() => assertReadinessFollows('ended', 'ready')).toThrow(
    expect.objectContaining({
      code: 'ENTERPRISE.STEP_NOT_ALLOWED',
      details: { state: 'ended', allowedSteps: ['willing'] },
    }),
  );
});
