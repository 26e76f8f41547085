import { Injectable } from '@nestjs/common';
import { type Page, pageOf, type PageQuery } from '@yizhan/http';
import { toIso } from '@yizhan/kernel';
import { given } from '../cases/given.js';
import { isoFields } from '../cases/iso-fields.js';
import type { SheetLine } from '../report-sheets/sheet.js';
import { type DisinfectionEntry, DisinfectionLedger } from './disinfection-ledger.js';
import { type DriverEntry, DriverLedger } from './driver-ledger.js';
import { disinfectionLine, driverLine, visitLine } from './ledger-lines.js';
import type { DisinfectionEntryResponse, DriverEntryResponse, VisitEntryResponse } from './ledgers.dto.js';
import type { Period } from './period.js';
import { instantAndId, skippedBy } from './place-of-page.js';
import type { ReportScope } from './report-scope.js';
import { type ReportedVisit, type VisitPlace, VisitsOfPeriod } from './visits-of-period.js';

/** A ledger that can be read a page at a time, or line by line to its end. */
export interface Ledger<Item> {
  page(scope: ReportScope, period: Period, query: PageQuery): Promise<Page<Item>>;
  lines(scope: ReportScope, period: Period): AsyncGenerator<SheetLine>;
}

/** The ledgers that a station keeps. */
@Injectable()
export class Ledgers {
  constructor(
    private readonly allVisits: VisitsOfPeriod,
    private readonly allDrivers: DriverLedger,
    private readonly allDisinfections: DisinfectionLedger,
  ) {}

  /** 车辆进出台账, in the order of arrivals. */
  visits(): Ledger<VisitEntryResponse> {
    const all = this.allVisits;
    return {
      async page(scope, period, query) {
        const rows = await all.page(scope, period, query.limit + 1, placeOf(query));
        return pageOf(rows, query.limit, ({ arrivedAt, visitId }) => [String(arrivedAt), visitId], visitEntry);
      },
      async *lines(scope, period) {
        for await (const visit of all.all(scope, period)) yield visitLine(visit);
      },
    };
  }

  /** 司机台账, in the order of driver ids. */
  drivers(now: number): Ledger<DriverEntryResponse> {
    const ledger = this.allDrivers;
    return {
      async page(scope, period, query) {
        const [after = ''] = query.afterKeys(1) ?? [];
        const rows = await ledger.read(scope, period, now);
        const rest = rows.filter(({ driverId }) => driverId > after);
        return pageOf(rest, query.limit, ({ driverId }) => [driverId], driverEntry);
      },
      async *lines(scope, period) {
        for (const entry of await ledger.read(scope, period, now)) yield driverLine(entry);
      },
    };
  }

  /** 消杀台账, truck by truck in the order of arrivals. */
  disinfections(): Ledger<DisinfectionEntryResponse> {
    const ledger = this.allDisinfections;
    return {
      async page(scope, period, query) {
        const skipped = skippedBy(query);
        const rows: { entry: DisinfectionEntry; place: number }[] = [];
        let place = 0;
        for await (const entry of ledger.read(scope, period)) {
          place += 1;
          if (place > skipped) rows.push({ entry, place });
          if (rows.length > query.limit) break;
        }
        return pageOf(
          rows,
          query.limit,
          (row) => [String(row.place)],
          ({ entry }) => disinfectionEntry(entry),
        );
      },
      async *lines(scope, period) {
        for await (const entry of ledger.read(scope, period)) yield disinfectionLine(entry);
      },
    };
  }
}

function placeOf(query: PageQuery): VisitPlace | undefined {
  const place = instantAndId(query);
  return place && { arrivedAt: place.at, visitId: place.id };
}

function visitEntry(visit: ReportedVisit): VisitEntryResponse {
  const { visitId, stationCode, plate, flow, arrivedAt, departedAt } = visit;
  const { carrierId, outcome, runId, broughtBy, leftWith, reasons } = visit;
  return {
    visitId,
    stationCode,
    plate,
    flow,
    reasons,
    arrivedAt: toIso(arrivedAt),
    ...isoFields({ departedAt }),
    ...given({ carrierId, outcome, runId, broughtBy, leftWith }),
  };
}

const driverEntry = (entry: DriverEntry): DriverEntryResponse => entry;

const disinfectionEntry = ({ checkedAt, ...entry }: DisinfectionEntry): DisinfectionEntryResponse => ({
  ...entry,
  checkedAt: toIso(checkedAt),
});
