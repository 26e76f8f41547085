import { area, carrier, enterprise, jindong, pujiang } from '../support/network.js';
import { idOf } from '../support/relay.js';
import { type Body, RelayOverHttp } from '../support/relay-over-http.js';
import type { HttpCaller } from '../support/station-over-http.js';
import { brokenRules } from '../support/verified.js';

let relay: RelayOverHttp;
const lead = (name: string): HttpCaller =>
  relay.http.as({ role: 'shift_lead', stations: [jindong, pujiang], sub: `shift_lead:${name}` });
const steps = (body: Body) => body['allowedSteps'] as readonly string[];

beforeEach(async () => {
  relay = await RelayOverHttp.open();
});
afterEach(() => relay.close());

/** The two drivers and the operator sign, each for himself; the completion brings what is left. */
async function signedBy(handoffId: string, from: string, to: string, completion: object): Promise<Body> {
  const signatures = `handoffs/${handoffId}/signatures`;
  await relay.post(relay.driver(from), signatures, { role: 'offgoing' });
  await relay.post(relay.driver(to), signatures, { role: 'oncoming' });
  const { missingSignatures } = await relay.post(relay.operator, signatures, { role: 'witness' });
  expect(missingSignatures).toEqual([]);
  return relay.post(relay.operator, `handoffs/${handoffId}/completion`, completion);
}

it('a truck goes in and comes back, with a pass, a call, holds, overrides and three signatures each way', async () => {
  await relay.enrolOutside('O1');
  await relay.enrol('R1');
  await relay.enrol('R9', { onShift: false });
  const centre = relay.commandCentre;
  const pass = { areaCode: area, countyCode: '330782', plate: 'G1', route: 'JD:enterprise-1', driverIds: ['R9'] };
  const { passId } = await relay.post(centre, 'passes', pass);

  await relay.arrive('in', 'G1', 'O1');
  const visit = `visits/${idOf('in')}`;
  await relay.post(relay.operator, `${visit}/queue`, { queue: 'inside' });
  await relay.post(relay.operator, `${visit}/call`, { bayCode: '2' });
  const { items } = await relay.get(`${visit}/checks`);
  const template = items as { check: string }[];
  const checked = await relay.check(
    'in',
    template.map(({ check }) => ({ check, passed: true })),
    'S1',
  );
  const { handoffId = '' } = checked;
  expect(await relay.accept('in')).toBe('R1');
  const start = { bayCode: '2' };
  expect(await relay.try(relay.operator, `handoffs/${handoffId}/start`, start)).toMatchObject({
    status: 409,
    body: { code: 'PASS.NOT_COVERING', passId },
  });
  await relay.post(centre, `passes/amendment-requests/${handoffId}/grant`);

  await relay.post(centre, `${visit}/holds`, { reasons: ['search'] });
  await relay.check('in');
  expect((await relay.try(relay.operator, `handoffs/${handoffId}/start`, start)).body).toMatchObject({
    code: 'CARGO.HELD',
  });
  const { holds } = await relay.visit('in');
  const [{ holdId }] = holds as [{ holdId: string }];
  const lifted = await relay.post(centre, `${visit}/holds/${holdId}/lifting`, { reason: 'nothing_found' });
  expect(steps(lifted)).toEqual(expect.arrayContaining(['start', 'authorise', 'record_evidence']));

  await relay.post(relay.http.as({ role: 'carrier', carrierId: carrier }), `handoffs/${handoffId}/authorisation`);
  await relay.post(relay.operator, `handoffs/${handoffId}/start`, start);
  const seal = { number: 'S1', intact: true };
  await relay.post(relay.operator, `handoffs/${handoffId}/evidence`, { odometerKm: 120_000, seal });
  await signedBy(handoffId, 'O1', 'R1', { items: [{ code: 'keys', given: true }] });
  await relay.depart('in', 'swapped', { runId: idOf('run') });

  for (const step of ['reached', 'unloaded', 'loaded', 'left']) {
    await relay.post(relay.operator, `runs/${idOf('run')}/steps`, { step, enterpriseId: enterprise });
  }
  await relay.arrive('out', 'G1', 'R1', 'out_of_zone', pujiang);
  await relay.post(centre, 'drivers/O1/credential-recalls', {
    credential: 'professional_qualification',
    reason: 'expired',
  });
  const { handoffId: back = '' } = await relay.check('out', undefined, 'S7');
  const overrides = [{ rule: 'credentials', reason: 'renewal_under_way' }];
  const approval = { rule: 'credentials', reason: 'renewal_under_way', driverId: 'O1' };
  await relay.post(lead('zhao'), `handoffs/${back}/override-approvals`, approval);
  await relay.post(lead('wang'), `handoffs/${back}/assignment`, { driverId: 'O1', overrides });
  await relay.accept('out');
  await relay.start('out', '1');
  await relay.post(lead('zhao'), `handoffs/${back}/override-approvals`, { rule: 'seal', reason: 'customs' });
  const resealed = { seal: { number: 'S8', intact: true }, overrides: [{ rule: 'seal', reason: 'customs' }] };
  await signedBy(back, 'R1', 'O1', resealed);
  await relay.depart('out');

  const history = await relay.history('in');
  expect(history.map(({ type }) => type.slice(7, -3))).toEqual(
    expect.arrayContaining(['visit.called', 'cargo.held', 'cargo.hold_lifted', 'handoff.completed', 'run.opened']),
  );
  const completed = await relay.running.eventsOf('handoff.completed');
  expect(completed.map(({ data }) => data.signatures.map(({ method }) => method))).toEqual([
    ['token', 'token', 'token'],
    ['token', 'token', 'token'],
  ]);
  expect(completed[1]?.data.overrides).toMatchObject([{ rule: 'seal', secondId: 'shift_lead:zhao' }]);
  expect(await brokenRules(relay.running)).toEqual({});
});
