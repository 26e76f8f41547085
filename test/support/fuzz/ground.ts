import { randomUUID } from 'node:crypto';
import type { OpenAPIObject } from '@nestjs/swagger';
import { type Role, roles } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { type EveryService, startEveryService } from '../every-service.js';
import { passed, signed } from '../relay.js';
import { KnownValues } from './known-values.js';
import { officeRequests } from './office-requests.js';
import { type Operation, operationsOf } from './operations.js';
import { Sender } from './send.js';

const hour = 3_600_000;
const area = 'jinhua';
const policy = { id: 'cn-freight', version: '2026-11' };

/** Every service with a network in use, who asks of it, and what is known of it. */
export class FuzzGround {
  readonly known = new KnownValues();
  readonly #operations: readonly Operation[];

  private constructor(
    /** The OpenAPI document that the product serves. */
    readonly document: OpenAPIObject,
    readonly product: EveryService,
    readonly sender: Sender,
    /** Everybody who asks, by name. */
    readonly callers: readonly string[],
    /** Epoch milliseconds of its beginning. */
    readonly now: number,
  ) {
    this.#operations = operationsOf(document);
  }

  static async open(now: number): Promise<FuzzGround> {
    const product = await startEveryService();
    const reach: Readonly<Record<Role, object>> = {
      operator: { stations: ['S1', 'S2', 'S3'] },
      shift_lead: { stations: ['S1', 'S2', 'S3'] },
      driver: { driverId: 'R1' },
      carrier: { carrierId: 'C1' },
      enterprise: { enterpriseId: 'E1' },
      command_centre: { areas: [area] },
      administrator: {},
    };
    const tokens: Record<string, string | undefined> = { nobody: undefined, 'a stranger': 'a.b.c' };
    for (const role of roles) {
      tokens[role] = await product.tokenOf(role, reach[role]);
      tokens[`${role} elsewhere`] = await product.tokenOf(role);
    }
    const callers = [...roles, ...roles, ...Object.keys(tokens)];
    const document = (await (await fetch(`${product.address}/api/openapi.json`)).json()) as OpenAPIObject;
    const ground = new FuzzGround(document, product, new Sender(product.address, tokens), callers, now);
    await ground.#post('areas', { areaCode: area, name: 'Jinhua' });
    await ground.#post(`areas/${area}/policies`, { policyId: policy.id });
    ground.known.learn('policyId', policy.id);
    ground.known.learn('policyVersion', policy.version);
    ground.known.learn('countyCode', '330782', '330703');
    ground.known.learn('check', 'person', 'vehicle', 'pass', 'seal');
    return ground;
  }

  /** Opens a zone with a station and people of its own, and leaves trucks there at every step of a relay. */
  async furnish(round: number): Promise<void> {
    const [zoneId, stationCode, carrierId, enterpriseId] = ['Z', 'S', 'C', 'E'].map((letter) => `${letter}${round}`);
    const until = toIso(this.now + 12 * hour);
    const zone = {
      zoneId,
      areaCode: area,
      level: 'sealed',
      countyCodes: ['330782'],
      stationCodes: [stationCode],
      policy,
    };
    await this.#post('zones', { ...zone, startsAt: toIso(this.now - hour) });
    const location = { latitude: 29.1, longitude: 119.9 };
    const bays = ['B1', 'B2', 'B3', 'B4'];
    const place = {
      stationCode,
      areaCode: area,
      countyCode: '330703',
      name: 'Station',
      location,
      bays,
      zoneIds: [zoneId],
    };
    await this.#post('stations', place);
    await this.#post('carriers', { carrierId, name: 'Carrier' });
    await this.#post('enterprises', { enterpriseId, areaCode: area, zoneId, name: 'Enterprise' });
    for (const number of [1, 2, 3, 4, 5, 6]) {
      await this.#enrol(`O${round}${number}`, { insideZoneId: null, carrierId });
      const relay = number === 1 ? `R${round}` : `R${round}-${number}`;
      await this.#enrol(relay, { insideZoneId: zoneId });
      await this.#post(`drivers/${relay}/shift-start`, { stationCode, endsAt: until });
      const plate = `G${round}${number}`;
      await this.#post('trucks', {
        plate,
        plateColour: 'yellow',
        licenceRequired: 'A2',
        areaCode: area,
        baseZoneId: null,
      });
      const visitId = randomUUID();
      await this.#post('visits', {
        visitId,
        stationCode,
        zoneId,
        flow: 'into_zone',
        carrierId,
        driverId: `O${round}${number}`,
        truck: {
          plate,
          plateColour: 'yellow',
          licenceRequired: 'A2',
        },
        consignments: [
          {
            id: `${plate}-goods`,
            enterpriseId,
            category: 'parts',
          },
        ],
      });
      await this.#relay({
        visitId,
        onComing: relay,
        offGoing: `O${round}${number}`,
        steps: number,
        bayCode: bays[number - 4],
      });
    }
    for (const number of [7, 8, 9]) {
      const plate = `G${round}${number}`;
      const driverId = `N${round}${number}`;
      const coming = {
        stationCode,
        zoneId,
        flow: 'into_zone',
        carrierId,
        truck: { plate, plateColour: 'yellow', licenceRequired: 'A2' },
        consignments: [{ id: `${plate}-goods`, enterpriseId, category: 'parts' }],
      };
      await this.#enrol(driverId, { insideZoneId: null, carrierId });
      this.#couldPost('visits', { ...coming, visitId: randomUUID(), driverId });
      this.#couldPost('visits/announcements', { ...coming, visitId: randomUUID(), expectedAt: until });
    }
    await this.#post('passes', {
      areaCode: area,
      countyCode: '330782',
      plate: `G${round}1`,
      route: 'west',
      driverIds: [`O${round}1`],
    });
    await this.#post('accounts', { accountId: `operator:o${round}`, role: 'operator', stations: [stationCode] });
    const places = {
      areaCode: area,
      zoneId,
      stationCode,
      carrierId,
      enterpriseId,
      policy,
    };
    for (const [path, asked] of officeRequests(String(round), this.now, places)) this.#couldPost(path, asked);
    await this.product.drain();
    this.known.learn('zoneId', zoneId);
    this.known.learn('stationCode', stationCode);
    this.known.learn('carrierId', carrierId);
    this.known.learn('enterpriseId', enterpriseId);
    this.known.learn('bayCode', ...bays);
    this.known.learn('personId', `driver:O${round}1`, `driver:R${round}`);
  }

  async close(): Promise<void> {
    this.sender.close();
    await this.product.close();
  }

  async #enrol(driverId: string, where: object): Promise<void> {
    await this.#post('drivers', { driverId, areaCode: area, licences: ['A2'], ...where });
    await this.#post(`drivers/${driverId}/credentials`, {
      credential: 'professional_qualification',
      validFrom: toIso(this.now - 24 * hour),
      validUntil: toIso(this.now + 365 * 24 * hour),
      issuer: 'Jinhua',
    });
  }

  /**
   * As many steps of it as are asked for: checked, assigned, accepted, in the bay, swapped. What could follow is remembered as a
   * request that is still to be made.
   */
  async #relay({ visitId, onComing, offGoing, steps, bayCode }: Relayed): Promise<void> {
    const visit = `visits/${visitId}`;
    const next = {
      call: {},
      cancellation: { reason: 'late' },
      checks: { checks: passed },
      holds: { reasons: ['broken-seal'] },
      notes: { text: 'A note' },
      queue: { queue: 'inside' },
      release: {},
      retraction: { reason: 'did_not_occur' },
    };
    for (const [step, body] of Object.entries(next)) this.#couldPost(`${visit}/${step}`, body);
    if (steps < 2) return;
    const checked = await this.#post(`${visit}/checks`, { checks: passed });
    const handoff = `handoffs/${String(checked.handoffId)}`;
    const driver = { driverId: onComing };
    const authorisation = { carrierId: `C${onComing.slice(1, 2)}`, by: 'dispatcher-1', at: toIso(this.now) };
    const start = { bayCode, authorisation };
    const signatures = signed(offGoing, onComing, this.now).map((each) => ({ ...each, method: 'paper' }));
    const completion = { signatures, items: [{ code: 'keys', given: true }] };
    this.#couldPost(`${handoff}/authorisation`, authorisation);
    this.#couldPost(`${handoff}/evidence`, { items: completion.items, odometerKm: 12_345, fuelPercent: 50 });
    this.#couldPost(`${handoff}/assignment`, driver);
    if (steps < 3) return;
    await this.#post(`${handoff}/assignment`, driver);
    for (const answer of ['acceptance', 'decline', 'no-show']) this.#couldPost(`${handoff}/${answer}`, driver);
    if (steps < 4) return;
    await this.#post(`${handoff}/acceptance`, driver);
    this.#couldPost(`${handoff}/start`, { bayCode: 'B4', authorisation });
    if (steps < 5) return;
    await this.#post(`${handoff}/start`, start);
    this.#couldPost(`${handoff}/completion`, completion);
    this.#couldPost(`${handoff}/signatures`, { role: 'offgoing', personId: offGoing, method: 'paper' });
    this.#couldPost(`${handoff}/abortion`, { reason: 'breakdown' });
    if (steps < 6) return;
    await this.#post(`${handoff}/completion`, completion);
    const departure = { outcome: 'swapped', runId: randomUUID() };
    await this.#post(`${visit}/departure`, departure);
    for (const step of ['return-plan', 'steps', 'closure']) {
      const run = {
        'return-plan': { wait: 'station' },
        steps: { step: 'reached', enterpriseId: `E${onComing.slice(1, 2)}` },
      };
      this.#couldPost(`runs/${departure.runId}/${step}`, run[step as keyof typeof run] ?? { how: 'stayed' });
    }
  }

  /** Asks as an administrator for what has to work, and remembers the answer. */
  async #post(path: string, body: object): Promise<Record<string, unknown>> {
    const answer = await this.sender.send({
      method: 'POST',
      url: `/api/v1/${path}`,
      as: 'administrator',
      headers: { 'idempotency-key': randomUUID(), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (answer.status >= 300) throw new Error(`${path} was refused: ${answer.body}`);
    const answered = JSON.parse(answer.body) as Record<string, unknown>;
    this.known.learnFrom(answered);
    this.#couldPost(path, body);
    return answered;
  }

  /** Remembers a request that is accepted, or should be when it is made. */
  #couldPost(path: string, body: object): void {
    const url = `/api/v1/${path}`;
    const operation = this.#operations.find(
      (each) => each.method === 'POST' && new RegExp(`^${each.path.replaceAll(/\{\w+\}/g, '[^/]*')}$`).test(url),
    );
    if (!operation) throw new Error(`the document has no ${url}`);
    this.known.learnRequest(operation.operationId, { path: url, body });
  }
}

interface Relayed {
  readonly visitId: string;
  readonly onComing: string;
  readonly offGoing: string;
  readonly steps: number;
  readonly bayCode: string | undefined;
}
