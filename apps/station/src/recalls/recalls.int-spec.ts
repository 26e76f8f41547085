import { toIso } from '@yizhan/kernel';
import { enterprise, jindong, openNetwork, outsideDriver, relayDriver } from '../../../../test/support/network.js';
import { idOf, Relay, witness } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { brokenRules } from '../../../../test/support/verified.js';
import { GrantCredential } from '../drivers/grant-credential.js';
import { RecordRunStep } from '../runs/record-run-step.js';
import { Contacts } from './contacts.reader.js';
import { RecallBatch } from './recall-batch.js';
import { RecallCredential } from './recall-credential.js';

const hour = 3_600_000;
const credential = 'professional_qualification';
const recalled = { credential, reason: 'forged' };

let station: RunningStation;
let relay: Relay;

beforeEach(async () => {
  station = await startStation();
  await openNetwork(station);
  relay = new Relay(station);
  for (const driver of ['O1', 'O2']) await outsideDriver(station, driver);
  for (const driver of ['R1', 'R2']) await relayDriver(station, driver);
});

afterEach(async () => {
  // A handoff that waits says so by the scheduler, which is not here.
  const broken = Object.keys(await brokenRules(station)).filter((rule) => rule !== '9');
  await station.close();
  expect(broken).toEqual([]);
});

const recall = (driverId: string, more: object = {}) =>
  station.get(RecallCredential).execute(relay.next(), { driverId, ...recalled, ...more });
const grant = (driverId: string, more: object = {}) =>
  station.get(GrantCredential).execute(relay.next(), {
    driverId,
    credential,
    validFrom: station.clock.now() - hour,
    validUntil: station.clock.now() + 100 * hour,
    issuer: 'Jinhua',
    ...more,
  });
const traced = async () => (await station.eventsOf('driver.recall_traced')).map(({ data }) => data);
const told = () =>
  station.database.rows(`SELECT station_code, state, level, resolution FROM station.exceptions
    WHERE code = 'driver_recalled' ORDER BY station_code`);
const handoffState = async (visit: string) =>
  (await station.database.rows(`SELECT state FROM station.handoffs WHERE visit_id = $1`, [idOf(visit)]))[0].state;

describe('what is assigned', () => {
  beforeEach(async () => {
    await relay.arrive('in', 'G1', 'O1');
    await relay.ready('in', 'R1');
  });

  it('does not start from the recall on, and is taken back', async () => {
    await recall('R1');
    await expect(relay.start('in')).rejects.toMatchObject({ code: 'DRIVER.RECALLED' });
    await station.drain();
    expect(await handoffState('in')).toBe('requested');
    expect(await station.eventsOf('handoff.assignment_ended')).toMatchObject([
      { data: { driverId: 'R1', reason: 'withdrawn' } },
    ]);
    expect(await traced()).toMatchObject([
      { withdrawnHandoffId: await relay.handoffOf('in'), toldStationCodes: [jindong], contacts: [] },
    ]);
    await expect(relay.assign('in', 'R1')).rejects.toMatchObject({ code: 'DRIVER.NOT_ELIGIBLE' });
    await relay.ready('in', 'R2');
    await relay.start('in');
  });

  it('and has started goes on', async () => {
    await relay.start('in');
    await recall('R1');
    await station.drain();
    expect(await traced()).toMatchObject([{ toldStationCodes: [jindong] }]);
    await relay.complete('in', 'O1', 'R1');
    await relay.depart('in');
  });

  it('stays where the truck does not ask for what was recalled', async () => {
    await grant('R1', { credential: 'first_aid' });
    await recall('R1', { credential: 'first_aid' });
    await station.drain();
    expect(await handoffState('in')).toBe('accepted');
    await relay.start('in');
  });

  it('stays where it was granted anew before anybody looked', async () => {
    await recall('R1');
    await grant('R1');
    await station.drain();
    expect(await handoffState('in')).toBe('accepted');
    await relay.start('in');
  });
});

describe('whom he met', () => {
  it('is found in bays, on the road and at enterprises, since the instant that was named', async () => {
    await relay.swap('in', 'G1', 'O1', 'R1');
    const swappedAt = toIso(station.clock.now());
    await relay.depart('in', { runId: idOf('run') });
    const step = { runId: idOf('run'), step: 'reached', enterpriseId: enterprise } as const;
    await station.get(RecordRunStep).execute(relay.next(), step);
    await relay.move('G1', { kind: 'driver', id: 'R1' }, { kind: 'driver', id: 'R2' }, enterprise, 'unwell');
    await station.drain();
    await recall('R1');
    await station.drain();
    const contacts = [
      { id: 'O1', as: 'offgoing', place: jindong, at: swappedAt, plate: 'G1' },
      { id: witness, as: 'witness', place: jindong, at: swappedAt, plate: 'G1' },
      { id: enterprise, as: 'host', place: enterprise },
      { id: 'R2', as: 'taker', place: enterprise },
    ];
    const found = {
      plates: ['G1'],
      visitIds: [idOf('in')],
      handoffIds: [await relay.handoffOf('in')],
      runIds: [idOf('run')],
    };
    expect(await traced()).toMatchObject([{ ...found, contacts }]);
    expect((await traced())[0]).not.toHaveProperty('openRun');
    const since = Date.parse(swappedAt) + 1;
    const later = await station.get(Contacts).since('R1', since);
    expect(later.contacts.map(({ as }) => as)).toEqual(['host', 'taker']);
    const ofHost = await station.get(Contacts).since('O1', undefined);
    expect(ofHost.contacts.map(({ id, as }) => [id, as])).toEqual([
      ['R1', 'oncoming'],
      [witness, 'witness'],
    ]);
    expect(ofHost.touched).toHaveLength(2);
  });

  it('counts also where both were in a bay and the handoff was given up', async () => {
    await relay.arrive('in', 'G1', 'O1');
    await relay.ready('in', 'R1');
    await relay.start('in');
    const { contacts } = await station.get(Contacts).since('R1', undefined);
    expect(contacts).toMatchObject([{ id: 'O1', as: 'offgoing' }]);
  });

  it.each([
    ['to come', 1],
    ['longer ago than can be asked for', -61 * 24],
  ])('is not asked for a time %s', async (_what, hours) => {
    const since = station.clock.now() + 2 * 60_000 + hours * hour;
    await expect(recall('R1', { since })).rejects.toMatchObject({ code: 'RECALL.SINCE' });
  });
});

describe('the run that he is on', () => {
  beforeEach(async () => {
    await relay.swap('in', 'G1', 'O1', 'R1');
    await relay.depart('in', { runId: idOf('run') });
  });

  it('goes on to its end at the place that was named', async () => {
    await recall('R1', { endsAt: { kind: 'enterprise', id: enterprise }, since: station.clock.now() - hour });
    await station.drain();
    const openRun = { runId: idOf('run'), plate: 'G1', endsAt: { kind: 'enterprise', id: enterprise } };
    expect(await traced()).toMatchObject([{ openRun, since: toIso(station.clock.now() - hour - 60_000) }]);
    expect(await station.get(Contacts).since('R1', undefined)).toMatchObject({ openRun });
    const nowhere = { endsAt: { kind: 'station', id: 'nowhere' } };
    await expect(recall('R1', nowhere)).rejects.toMatchObject({ code: 'STATION.NOT_FOUND' });
  });

  it('or where it comes back to, which is told until the credential is granted anew', async () => {
    await recall('R1');
    await station.drain();
    expect(await traced()).toMatchObject([{ openRun: { endsAt: { kind: 'station', id: jindong } } }]);
    expect(await told()).toMatchObject([{ station_code: jindong, state: 'open', level: 1 }]);
    await grant('R1', { credential: 'first_aid' });
    expect(await told()).toMatchObject([{ state: 'open' }]);
    await grant('R1');
    expect(await told()).toMatchObject([{ state: 'resolved', resolution: 'credential_granted' }]);
  });
});

describe('a batch', () => {
  const batchOf = (more: object) =>
    station.get(RecallBatch).execute(relay.next(), { ...recalled, issuer: 'Jinhua', ...more });

  it('is recalled for all who hold it, and for nobody else', async () => {
    await grant('R1', { batch: 'b7' });
    await grant('O1', { batch: 'b7' });
    await grant('R2', { batch: 'b8' });
    expect(await batchOf({ batch: 'b7', areaCodes: ['elsewhere'] }).catch((error: unknown) => error)).toMatchObject({
      code: 'CREDENTIAL.NOT_HELD',
    });
    expect(await batchOf({ batch: 'b7' })).toEqual({ recalled: 2, driverIds: ['O1', 'R1'] });
    await station.drain();
    const events = await station.eventsOf('driver.credential_recalled');
    expect(events.map(({ data }) => data.driverId)).toEqual(['O1', 'R1']);
    expect((await traced()).map(({ driverId }) => driverId)).toEqual(['O1', 'R1']);
    expect(await batchOf({ batch: 'b7' }).catch((error: unknown) => error)).toMatchObject({
      code: 'CREDENTIAL.NOT_HELD',
    });
    await relay.arrive('in', 'G1', 'O2');
    await relay.check('in');
    await expect(relay.assign('in', 'R1')).rejects.toMatchObject({ details: { rule: 'credentials' } });
    await relay.assign('in', 'R2');
  });

  it('without a batch is all that the issuer has granted', async () => {
    expect(await batchOf({})).toEqual({ recalled: 4, driverIds: ['O1', 'O2', 'R1', 'R2'] });
  });
});
