import { Injectable } from '@nestjs/common';
import { type NewEvent, newEvent } from '@yizhan/event-log';
import { Problem } from '@yizhan/kernel';
import { Database, type Transaction } from '@yizhan/persistence';
import { type Change, Changes, type StationRequest } from '../changes/changes.js';
import { stationNotFound } from '../network/stations/station.repository.js';
import { PersonalData, type SealedData } from '../personal-data/personal-data.js';
import { madeId } from './made-id.js';
import { numberIn } from './number-in.js';

export interface TakeInInput {
  readonly stationCode: string;
  readonly plate: string;
  readonly phone: string;
  /** A carrier that is registered. */
  readonly carrierId?: string;
  /** Of who is to be called at a carrier that is not. */
  readonly carrierPhone?: string;
  /** The driver's, where he is new. */
  readonly name?: string;
  /** The company's, where it is new. */
  readonly carrierName?: string;
}

export interface TakenIn {
  readonly driverId: string;
  readonly carrierId: string;
  readonly isDriverNew: boolean;
  readonly isCarrierNew: boolean;
}

/** Somebody who is known, or is made known now with what was sealed. */
interface Party {
  readonly id: string;
  readonly sealed?: SealedData;
}

/**
 * Takes in an outside driver and a carrier of whom plate and phone are all that is known. He can bring his truck at once;
 * nothing can be assigned to him before his licence is recorded.
 */
@Injectable()
export class TakeIn {
  constructor(
    private readonly changes: Changes,
    private readonly database: Database,
    private readonly data: PersonalData,
  ) {}

  async execute(request: StationRequest, input: TakeInInput): Promise<TakenIn> {
    const driver = await this.#driverWith(numberIn('phone', input.phone), input.name?.trim(), request);
    const carrier = await this.#carrierOf(input, request);
    const guarded = await this.data.guarded(request, `driver:${driver.id}`);
    return this.changes.once(guarded, async (change) => {
      const areaCode = await areaOf(change.tx, input.stationCode);
      if (carrier.sealed) await this.#makeCarrier(change, carrier.id, carrier.sealed, input, request.caller);
      const answer = {
        driverId: driver.id,
        carrierId: carrier.id,
        isDriverNew: driver.sealed !== undefined,
        isCarrierNew: carrier.sealed !== undefined,
      };
      if (!driver.sealed) {
        await requireOutside(change.tx, driver.id);
        await this.data.recordReads(change.tx, `driver:${driver.id}`, ['phone'], request.caller, change.at);
        return { events: [], answer };
      }
      const event = await this.#makeDriver(change, answer, areaCode, input.stationCode);
      await this.data.put(change.tx, driver.sealed, change.at, request.caller);
      await noteIntake(change, `driver:${driver.id}`, input, request.caller);
      return { events: [event], answer };
    });
  }

  /** Who has the phone already, or somebody new. */
  async #driverWith(phone: string, name: string | undefined, request: StationRequest): Promise<Party> {
    const id = madeId('driver', request);
    const known = (await this.data.ownersOfPhone(phone, 'driver')).toSorted()[0];
    // Made by this very request, which is sent again: it gets the answer that was stored.
    if (known !== undefined && known !== `driver:${id}`) return { id: known.slice('driver:'.length) };
    return { id, sealed: await this.data.seal(`driver:${id}`, { phone, ...(name && { name }) }) };
  }

  /** The one that is named, that of the truck, the one with the phone, or a new one: in this order. */
  async #carrierOf({ carrierId, plate, carrierPhone }: TakeInInput, request: StationRequest): Promise<Party> {
    const made = madeId('carrier', request);
    const [known] = await this.database.rows<{ id: string | null; named: boolean }>(readCarrier, [
      carrierId ?? null,
      plate,
    ]);
    if (carrierId !== undefined && !known?.named) throw carrierNotFound(carrierId);
    if (typeof known?.id === 'string') return { id: known.id };
    const phone = carrierPhone === undefined ? undefined : numberIn('carrierPhone', carrierPhone);
    const owner = phone === undefined ? undefined : (await this.data.ownersOfPhone(phone, 'carrier')).toSorted()[0];
    if (owner !== undefined && owner !== `carrier:${made}`) return { id: owner.slice('carrier:'.length) };
    return { id: made, sealed: await this.data.seal(`carrier:${made}`, phone === undefined ? {} : { phone }) };
  }

  async #makeDriver(
    change: Change,
    { driverId, carrierId }: TakenIn,
    areaCode: string,
    stationCode: string,
  ): Promise<NewEvent> {
    await change.tx.rows(insertDriver, [driverId, areaCode, carrierId, stationCode]);
    const data = { driverId, insideZoneId: null, licences: [], carrierId };
    return newEvent({ name: 'driver.enrolled', subject: `driver/${driverId}`, areaCode, time: change.at, data });
  }

  async #makeCarrier(change: Change, id: string, sealed: SealedData, input: TakeInInput, by: string): Promise<void> {
    await change.tx.rows(insertCarrier, [id, input.carrierName?.trim() || id]);
    await this.data.put(change.tx, sealed, change.at, by);
    await noteIntake(change, `carrier:${id}`, input, by);
  }
}

async function areaOf(tx: Transaction, stationCode: string): Promise<string> {
  const [row] = await tx.rows<{ area_code: string }>(readArea, [stationCode]);
  if (!row) throw stationNotFound(stationCode);
  return row.area_code;
}

/** @throws Problem `conflict` for a relay driver: he takes trucks at stations, and brings none from outside. */
async function requireOutside(tx: Transaction, driverId: string): Promise<void> {
  const [row] = await tx.rows<{ inside_zone_id: string | null }>(readSide, [driverId]);
  if (row?.inside_zone_id === null) return;
  const message = `the phone is that of ${driverId}, who is no outside driver`;
  throw new Problem('conflict', 'INTAKE.NOT_FROM_OUTSIDE', message, { driverId });
}

async function noteIntake(
  change: Change,
  personId: string,
  { stationCode, plate }: TakeInInput,
  by: string,
): Promise<void> {
  await change.tx.rows(insertIntake, [personId, stationCode, plate, change.at, by]);
}

function carrierNotFound(carrierId: string): Problem {
  return new Problem('not_found', 'CARRIER.NOT_FOUND', `no carrier ${carrierId}`, { carrierId });
}

const readArea = 'SELECT area_code FROM station.stations WHERE station_code = $1';
const readSide = 'SELECT inside_zone_id FROM station.drivers WHERE driver_id = $1';

const readCarrier = `
  SELECT coalesce($1, (SELECT t.carrier_id FROM station.trucks t WHERE t.plate = $2)) AS id,
         EXISTS (SELECT FROM station.carriers c WHERE c.carrier_id = $1) AS named`;

const insertDriver = `
  INSERT INTO station.drivers (driver_id, area_code, inside_zone_id, licences, carrier_id, station_code)
  VALUES ($1, $2, NULL, '{}', $3, $4)`;

/** Named by its id until somebody knows its name. */
const insertCarrier = `
  INSERT INTO station.carriers (carrier_id, name) VALUES ($1, $2)`;

const insertIntake = `
  INSERT INTO station.intakes (person_id, station_code, plate, taken_in_at, taken_in_by)
  VALUES ($1, $2, $3, to_timestamp($4::double precision / 1000), $5)`;
