import { Injectable } from '@nestjs/common';
import { CapacitySheet } from './capacity-sheet.js';
import { ConsignmentsSheet } from './consignments-sheet.js';
import { DriversSheet } from './drivers-sheet.js';
import { EnterprisesSheet } from './enterprises-sheet.js';
import type { SheetKind } from './sheet-kind.js';
import type { SheetName } from '../sheets.dto.js';
import { TrucksSheet } from './trucks-sheet.js';

/** The kinds of sheets that there are. */
@Injectable()
export class SheetKinds {
  readonly byName: Readonly<Record<SheetName, SheetKind>>;

  constructor(
    drivers: DriversSheet,
    trucks: TrucksSheet,
    consignments: ConsignmentsSheet,
    enterprises: EnterprisesSheet,
    capacity: CapacitySheet,
  ) {
    this.byName = { drivers, trucks, consignments, enterprises, capacity };
  }
}
