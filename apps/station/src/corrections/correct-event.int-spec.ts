import { toIso } from '@yizhan/kernel';
import { pictureOf } from '../../../../test/support/area-picture.js';
import { CorrectionsOverHttp } from '../../../../test/support/corrections-over-http.js';
import { enterprise, jindong, pujiang } from '../../../../test/support/network.js';
import { idOf, passed } from '../../../../test/support/relay.js';

const minute = 60_000;

let at: CorrectionsOverHttp;

beforeEach(async () => {
  at = await CorrectionsOverHttp.open();
});
afterEach(() => at.close());

describe('what was recorded wrongly', () => {
  test('of an announcement and of an arrival: tonnes, waybill, when it was expected', async () => {
    await at.announce();
    const expectedAt = toIso(at.running.clock.now() + 60 * minute);
    expect(await at.correct('visit.announced', { expectedAt, consignments: [{ id: 'c1', tonnes: 20 }] })).toMatchObject(
      { status: 200 },
    );
    expect(await at.visit()).toMatchObject({
      expectedAt,
      consignments: [{ id: 'c1', enterpriseId: enterprise, tonnes: 20 }],
    });
    await at.relay.arrive('other', 'G2', 'O2');
    const arrived = await at.last('visit.arrived');
    const [{ id }] = arrived.data.consignments;
    expect(await at.correct('visit.arrived', { priority: 5, consignments: [{ id, waybillNo: 'W-1' }] })).toMatchObject({
      status: 200,
    });
    expect(await at.visit('other')).toMatchObject({
      priority: 5,
      consignments: [{ id, waybillNo: 'W-1' }],
      state: 'arrived',
    });
    const replacement = await at.last('visit.arrived');
    expect(replacement).toMatchObject({ time: arrived.time, recordedtime: toIso(at.running.clock.now()) });
    expect(pictureOf(await at.running.events()).visits.get(idOf('other'))).toMatchObject({ priority: 5 });
    // And once more, of what stands now.
    expect(await at.correct('visit.arrived', { priority: 4 })).toMatchObject({ status: 200 });
    expect(await at.visit('other')).toMatchObject({ priority: 4 });
    expect(await at.retract('visit.arrived')).toMatchObject({ status: 409, body: { code: 'VISIT.WENT_ON' } });
  });

  test('of a swap: odometer, seal and items; the truck’s seal follows', async () => {
    await at.relay.arrive('v', 'G1', 'O1');
    await at.relay.check('v', passed, 'S1');
    await at.relay.assign('v', 'R1');
    await at.relay.accept('v', 'R1');
    await at.relay.start('v');
    await at.relay.complete('v', 'O1', 'R1', { seal: { number: 'S1', intact: true }, odometerKm: 12 });
    const data = { odometerKm: 120_000, seal: { number: 'S7', intact: true }, items: [{ code: 'keys', given: false }] };
    const { status, body } = await at.correct('handoff.completed', data);
    expect(status).toBe(200);
    const completed = await at.last('handoff.completed');
    expect(completed).toMatchObject({ id: body.replacedBy, data: { ...data, toDriverId: 'R1' } });
    expect((await at.lead.get('/api/v1/trucks/G1')).body).toMatchObject({ sealNumber: 'S7', custodian: { id: 'R1' } });
    expect(await at.corrections()).toEqual([
      expect.objectContaining({ replacedBy: completed.id, after: completed.data, byId: 'shift_lead:test' }),
    ]);
    await at.relay.depart('v');
    expect(await at.correct('visit.departed', { reasons: ['late'] })).toMatchObject({ status: 200 });
  });

  test('of a custody move and of a credential', async () => {
    await at.relay.arrive('v', 'G1', 'O1');
    await at.relay.move('G1', { kind: 'driver', id: 'O1' }, { kind: 'station', id: jindong }, jindong, 'driver_il');
    expect(await at.correct('custody.moved', { reason: 'driver_ill' })).toMatchObject({ status: 200 });
    expect(await at.correct('driver.credential_granted', { issuer: '330702' })).toMatchObject({ status: 200 });
    expect(await at.last('custody.moved')).toMatchObject({ data: { reason: 'driver_ill', from: { id: 'O1' } } });
  });

  const wrong: [what: string, data: object, status: number, code: string][] = [
    ['another driver', { custodian: { kind: 'driver', id: 'O2' } }, 400, 'REQUEST.INVALID'],
    ['another time', { arrivedAt: '2026-03-02T00:00:00Z' }, 400, 'REQUEST.INVALID'],
    ['goods that were not on board', { consignments: [{ id: 'others' }] }, 400, 'RECORD.OTHER_CONSIGNMENT'],
    ['goods of another enterprise', { consignments: [{ id: 'c', enterpriseId: 'e' }] }, 400, 'REQUEST.INVALID'],
    ['what it says already', { priority: 0 }, 400, 'RECORD.NOTHING_TO_CORRECT'],
  ];

  test.each(wrong)('is not %s', async (_what, data, status, code) => {
    await at.relay.arrive('v', 'G1', 'O1');
    expect(await at.correct('visit.arrived', data)).toMatchObject({ status, body: { code } });
    expect(await at.running.eventsOf('record.retracted')).toEqual([]);
  });

  test('is not a type of which nothing can be corrected, nor an event that is not there', async () => {
    await at.relay.arrive('v', 'G1', 'O1');
    await at.relay.check('v');
    expect(await at.correct('visit.checked', { passed: false })).toMatchObject({
      status: 409,
      body: { code: 'RECORD.NOT_CORRECTABLE' },
    });
    const asked = { subjectKind: 'visit', subjectId: idOf('v'), eventId: idOf('nothing'), reason: 'did_not_occur' };
    expect(await at.lead.post('/api/v1/corrections/retractions', asked)).toMatchObject({
      status: 409,
      body: { code: 'RECORD.NOT_LOGGED', retryAfterSeconds: 1 },
    });
  });

  test('is for who works at that station to correct', async () => {
    await at.relay.arrive('v', 'G1', 'O1');
    const elsewhere = at.http.as({ role: 'operator', stations: [pujiang] });
    expect((await at.retract('visit.arrived', elsewhere)).status).toBe(403);
    expect((await at.correct('visit.arrived', { priority: 2 }, elsewhere)).status).toBe(403);
    const operator = at.http.as({ role: 'operator', stations: [jindong] });
    const refused = { status: 403, body: { code: 'CORRECTION.NEEDS_SHIFT_LEAD' } };
    expect(await at.retract('driver.credential_granted', operator)).toMatchObject(refused);
  });
});
