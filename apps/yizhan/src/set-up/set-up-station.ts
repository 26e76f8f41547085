import { randomInt, randomUUID } from 'node:crypto';
import { type connect, ProblemError } from '@yizhan/client';
import { type Clock, toIso } from '@yizhan/kernel';
import { policyPack } from '@yizhan/policy';
import type { StationDriver, StationFile } from './station-file.js';

type Yizhan = ReturnType<typeof connect>;

/** What became of one thing of the file. */
export interface SetUpStep {
  readonly what: string;
  readonly id: string;
  readonly outcome: 'made' | 'there_already';
  /** Of a new account; nobody can look it up afterwards. */
  readonly pin?: string;
}

const alreadyThere: ReadonlySet<string> = new Set([
  'AREA.ALREADY_EXISTS',
  'POLICY.ALREADY_PUBLISHED',
  'ZONE.ALREADY_ACTIVE',
  'STATION.ALREADY_EXISTS',
  'ACCOUNT.ALREADY_EXISTS',
  'DRIVER.ALREADY_ENROLLED',
  'SHIFT.NOT_OFF',
]);

const hour = 3_600_000;

/**
 * Makes what the file names and is not there: area, rules, zone, station, operators with a PIN, relay drivers with what they
 * hold, and a shift for each who has none. What is there stays as it is. @throws ProblemError where the service refuses.
 */
export async function* setUpStation(file: StationFile, yizhan: Yizhan, clock: Clock): AsyncGenerator<SetUpStep> {
  const { area, policyId, zone, station, operators, drivers } = file;
  const { areaCode } = area;
  const { zoneId } = zone;
  const { stationCode } = station;
  yield made('area', areaCode, await once((headers) => yizhan.areas.create({ headers, body: area })));
  yield made(
    'policy',
    policyId,
    await once((headers) => yizhan.areas.publishPolicy({ headers, path: { areaCode }, body: { policyId } })),
  );
  yield made('zone', zoneId, await activateZone(file, yizhan, clock));
  const opened = { ...station, areaCode, bays: [...station.bays], zoneIds: [zoneId] };
  yield made('station', stationCode, await once((headers) => yizhan.stations.open({ headers, body: opened })));
  for (const accountId of operators) yield await addOperator(accountId, stationCode, yizhan);
  for (const driver of drivers) yield* addDriver(driver, file, yizhan, clock);
}

/** Only a zone that there has never been: whoever begins a shift does not close again what was lifted. */
async function activateZone(file: StationFile, yizhan: Yizhan, clock: Clock): Promise<boolean> {
  const { area, policyId, zone, station } = file;
  try {
    await yizhan.zones.read({ path: { zoneId: zone.zoneId } });
    return false;
  } catch (error) {
    if (codeOf(error) !== 'ZONE.NOT_FOUND') throw error;
  }
  const body = {
    ...zone,
    areaCode: area.areaCode,
    countyCodes: [...zone.countyCodes],
    stationCodes: [station.stationCode],
    startsAt: toIso(clock.now()),
    policy: { id: policyId, version: policyPack(policyId).version },
  };
  return once((headers) => yizhan.zones.activate({ headers, body }));
}

async function addOperator(accountId: string, stationCode: string, yizhan: Yizhan): Promise<SetUpStep> {
  const body = { accountId, role: 'operator' as const, stations: [stationCode] };
  if (!(await once((headers) => yizhan.accounts.create({ headers, body })))) return made('operator', accountId, false);
  return { ...made('operator', accountId, true), pin: await setPin(accountId, yizhan) };
}

async function setPin(accountId: string, yizhan: Yizhan): Promise<string> {
  const pin = String(randomInt(1e6)).padStart(6, '0');
  try {
    await yizhan.accounts.setPin({ headers: newKey(), path: { accountId }, body: { pin } });
    return pin;
  } catch (error) {
    if (codeOf(error) === 'PIN.TOO_EASY') return setPin(accountId, yizhan);
    throw error;
  }
}

async function* addDriver(
  { driverId, licences, credentials }: StationDriver,
  { area: { areaCode }, zone: { zoneId }, station: { stationCode }, shiftHours }: StationFile,
  yizhan: Yizhan,
  clock: Clock,
): AsyncGenerator<SetUpStep> {
  const now = clock.now();
  const path = { driverId };
  const body = { driverId, areaCode, insideZoneId: zoneId, licences: [...licences], homeStationCode: stationCode };
  yield made('driver', driverId, await once((headers) => yizhan.drivers.enrol({ headers, body })));
  // Also of who is there: whoever was stopped half-way, and who has been given a new one since.
  const held = (await yizhan.drivers.read({ path })).credentials;
  for (const credential of credentials.filter((each) => !held.some((other) => lastsAsLong(other, each)))) {
    const granted = { ...credential, validFrom: toIso(now) };
    await yizhan.drivers.grantCredential({ headers: newKey(), path, body: granted });
    yield made('credential', `${driverId} ${credential.credential}`, true);
  }
  const shift = { stationCode, endsAt: toIso(now + shiftHours * hour) };
  yield made('shift', driverId, await once((headers) => yizhan.drivers.startShift({ headers, path, body: shift })));
}

type Credential = StationDriver['credentials'][number];

/** Whether it is the same one and ends no earlier; one that was recalled stays so. */
const lastsAsLong = (held: Credential, { credential, issuer, validUntil }: Credential): boolean =>
  held.credential === credential && held.issuer === issuer && Date.parse(held.validUntil) >= Date.parse(validUntil);

const made = (what: string, id: string, isMade: boolean): SetUpStep => ({
  what,
  id,
  outcome: isMade ? 'made' : 'there_already',
});

const newKey = () => ({ 'Idempotency-Key': randomUUID() });

const codeOf = (error: unknown): string | undefined => (error instanceof ProblemError ? error.problem.code : undefined);

/** @returns false where it is there already. */
async function once(ask: (headers: ReturnType<typeof newKey>) => Promise<unknown>): Promise<boolean> {
  try {
    await ask(newKey());
    return true;
  } catch (error) {
    if (alreadyThere.has(codeOf(error) ?? '')) return false;
    throw error;
  }
}
