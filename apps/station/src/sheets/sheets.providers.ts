import type { Provider, Type } from '@nestjs/common';
import { CapacitySheet } from './kinds/capacity-sheet.js';
import { ConsignmentsSheet } from './kinds/consignments-sheet.js';
import { DriversSheet } from './kinds/drivers-sheet.js';
import { EnterprisesSheet } from './kinds/enterprises-sheet.js';
import { ImportSheet } from './import-sheet.js';
import { SheetKinds } from './kinds/sheet-kinds.js';
import { SheetsAnswers } from './sheets.answers.js';
import { SheetsController } from './sheets.controller.js';
import { TrucksSheet } from './kinds/trucks-sheet.js';

/** What is brought in and taken out as CSV and Excel. */
export const sheetProviders: Provider[] = [
  DriversSheet,
  TrucksSheet,
  ConsignmentsSheet,
  EnterprisesSheet,
  CapacitySheet,
  SheetKinds,
  ImportSheet,
  SheetsAnswers,
];
export const sheetControllers: Type[] = [SheetsController];
