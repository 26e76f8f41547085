import { NestFactory } from '@nestjs/core';
import { ExceptionsSeen } from '../../../../test/support/exceptions-seen.js';
import { openNetwork, outsideDriver, pujiang } from '../../../../test/support/network.js';
import { failed, idOf, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { Together } from '../../../../test/support/together.js';
import { Timers } from '../timers/timers.js';
import { AcknowledgeException } from './acknowledge-exception.js';
import { AssignException } from './assign-exception.js';
import { NoteException } from './note-exception.js';
import { ResolveException } from './resolve-exception.js';

const minute = 60_000;
const byId = 'operator:lin';

let station: RunningStation;
let relay: Relay;
let exceptions: ExceptionsSeen;

beforeEach(async () => {
  station = await startStation({ poolSize: 12 });
  await openNetwork(station);
  relay = new Relay(station);
  exceptions = new ExceptionsSeen(station);
  for (const driver of ['O1', 'O2']) await outsideDriver(station, driver);
  await relay.arrive('in', 'G1', 'O1');
  await relay.check('in', failed);
});

afterEach(async () => {
  await exceptions.assertInOrder();
  await station.close();
});

it('acknowledging begins the time of the level once more, once', async () => {
  const { exceptionId } = await exceptions.only();
  await exceptions.wait(20);
  await station.get(AcknowledgeException).execute(relay.next(), { exceptionId, byId });
  await expect(station.get(AcknowledgeException).execute(relay.next(), { exceptionId, byId })).rejects.toMatchObject({
    code: 'EXCEPTION.ALREADY_ACKNOWLEDGED',
    details: { allowedSteps: ['assign', 'note', 'resolve'] },
  });
  await exceptions.wait(28);
  expect(await exceptions.escalations()).toEqual([]);
  await exceptions.wait(1);
  expect(await exceptions.escalations()).toEqual(['00:53 JD 1 until 01:53']);
  await station.get(AcknowledgeException).execute(relay.next(), { exceptionId, byId: 'shift_lead:wang' });
  expect(await station.eventsOf('exception.acknowledged')).toMatchObject([
    { data: { level: 0, byId } },
    { data: { level: 1, byId: 'shift_lead:wang' } },
  ]);
});

it('handing over names the next owner, whose time begins', async () => {
  const { exceptionId } = await exceptions.only();
  const hand = (input: object) =>
    station.get(AssignException).execute(relay.next(), { exceptionId, byId, role: 'operator', ...input });
  expect(await hand({ stationCode: pujiang, personId: 'operator:zhao' })).toMatchObject({ owner: pujiang, level: 0 });
  await expect(hand({ stationCode: 'nowhere' })).rejects.toMatchObject({ code: 'STATION.NOT_FOUND' });
  expect(await hand({ role: 'command_centre' })).toMatchObject({ owner: 'jinhua', level: 2 });
  await exceptions.wait(200);
  expect(await exceptions.escalations()).toEqual([]);
  expect(await hand({ role: 'shift_lead' })).toMatchObject({ owner: pujiang, level: 1 });
  await exceptions.wait(60);
  expect(await exceptions.escalations()).toHaveLength(1);
});

it('a note is an event and changes nothing; after the end nothing more is said', async () => {
  const { exceptionId } = await exceptions.only();
  await station.get(NoteException).execute(relay.next(), { exceptionId, byId, note: 'carrier_told' });
  await station.get(ResolveException).execute(relay.next(), { exceptionId, byId, resolution: 'papers_brought' });
  const late = station.get(NoteException).execute(relay.next(), { exceptionId, byId, note: 'late' });
  await expect(late).rejects.toMatchObject({ code: 'EXCEPTION.ALREADY_RESOLVED', details: { allowedSteps: [] } });
  expect(await station.eventsOf('exception.noted')).toMatchObject([{ data: { note: 'carrier_told', byId } }]);
  expect(await station.eventsOf('exception.resolved')).toMatchObject([
    { data: { byId, resolution: 'papers_brought' } },
  ]);
});

it('that meets its cause being gone: one of them ends it, in every order', async () => {
  const rounds = 12;
  for (let round = 0; round < rounds; round += 1) {
    const [{ exceptionId }] = await exceptions.all(`WHERE state = 'open'`);
    const resolving = station.get(ResolveException).execute(relay.next(), { exceptionId, byId, resolution: 'checked' });
    const checking = relay.check('in');
    const [resolved, checked] = await Promise.allSettled([resolving, checking]);
    expect(checked.status).toBe('fulfilled');
    if (resolved.status === 'rejected') {
      expect(resolved.reason).toMatchObject({ code: 'EXCEPTION.ALREADY_RESOLVED' });
    }
    await relay.check('in', failed);
  }
  const events = await station.eventsOf('exception.resolved');
  expect(events).toHaveLength(rounds);
  expect(new Set(events.map(({ data }) => data.exceptionId)).size).toBe(rounds);
  expect(await exceptions.all()).toHaveLength(rounds + 1);
});

it('that meets its escalation: what is open is escalated and ended, or ended alone', async () => {
  for (let round = 0; round < 8; round += 1) {
    const [{ exceptionId }] = await exceptions.all(`WHERE state = 'open' AND code = 'check_failed'`);
    station.clock.moveTo(station.clock.now() + 31 * minute);
    const resolving = station.get(ResolveException).execute(relay.next(), { exceptionId, byId, resolution: 'checked' });
    const settled = await Promise.allSettled([resolving, station.get(Timers).fireDue()]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    await relay.check('in');
    await relay.check('in', failed);
  }
  expect(await exceptions.all(`WHERE state = 'resolved' AND code = 'check_failed'`)).toHaveLength(8);
});

it('a clock that ran while the service was away goes off when it is back, at the time that it was set for', async () => {
  station.clock.moveTo(station.clock.now() + 24 * 60 * minute);
  // Another process: it knows only what is in the database.
  const restarted = await NestFactory.createApplicationContext(Together.of(station.modules), { logger: ['error'] });
  for (let round = 0; round < 3; round += 1) await restarted.get(Timers, { strict: false }).fireDue();
  await restarted.close();
  expect(await exceptions.escalations()).toEqual(['00:32 JD 1 until 01:32', '01:32 jinhua 2 until 03:32']);
  expect((await station.eventsOf('exception.opened'))[0].data.visitId).toBe(idOf('in'));
});
