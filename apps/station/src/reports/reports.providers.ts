import type { Provider, Type } from '@nestjs/common';
import { Printing } from '../report-sheets/printing.js';
import { ReportTemplates } from '../report-sheets/report-templates.js';
import { ReportTemplatesController } from '../report-sheets/report-templates.controller.js';
import { DailyReports } from './daily-report.js';
import { DisinfectionLedger } from './disinfection-ledger.js';
import { DriverLedger } from './driver-ledger.js';
import { FactsOfPeriod } from './facts-of-period.js';
import { Ledgers } from './ledgers.js';
import { ReportDesk } from './report-desk.js';
import { ReportScopes } from './report-scope.js';
import { AreaReportsController, StationReportsController } from './reports.controller.js';
import { CarrierReportsController } from './waits.controller.js';
import { WaitsOfCarrier } from './waits-of-carrier.js';
import { VisitsOfPeriod } from './visits-of-period.js';

/** What stations and counties owe, and how it is printed. */
export const reportProviders: Provider[] = [
  ReportScopes,
  VisitsOfPeriod,
  WaitsOfCarrier,
  FactsOfPeriod,
  DailyReports,
  DriverLedger,
  DisinfectionLedger,
  Ledgers,
  ReportDesk,
  ReportTemplates,
  Printing,
];

export const reportControllers: Type[] = [
  StationReportsController,
  AreaReportsController,
  CarrierReportsController,
  ReportTemplatesController,
];
