import type { Provider, Type } from '@nestjs/common';
import { ConsignmentsSheet } from './kinds/consignments-sheet.js';
import { DriversSheet } from './kinds/drivers-sheet.js';
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
  SheetKinds,
  ImportSheet,
  SheetsAnswers,
];
export const sheetControllers: Type[] = [SheetsController];
