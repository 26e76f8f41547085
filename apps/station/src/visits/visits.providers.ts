import type { Provider, Type } from '@nestjs/common';
import { CargoController } from '../cargo/cargo.controller.js';
import { HoldCargo } from '../cargo/hold-cargo.js';
import { LiftHold } from '../cargo/lift-hold.js';
import { ReleaseCargo } from '../cargo/release-cargo.js';
import { CaseScope } from '../cases/case-scope.js';
import { Policies } from '../cases/policies.js';
import { TruckCases } from '../cases/truck-cases.js';
import { AnnounceVisit } from './announce-visit.js';
import { CallVisit } from './call-visit.js';
import { CancelVisit } from './cancel-visit.js';
import { CheckTemplates } from './check-template.reader.js';
import { CheckVisit } from './check-visit.js';
import { DepartVisit } from './depart-visit.js';
import { EndCall } from './end-call.js';
import { QueueVisit } from './queue-visit.js';
import { RegisterArrival } from './register-arrival.js';
import { RetractArrival } from './retract-arrival.js';
import {
  CheckTemplatesController,
  StationChecksController,
  VisitQueueController,
  VisitStepsController,
} from './visit-steps.controller.js';
import { VisitRow } from './visit.entity.js';
import { VisitsController } from './visits.controller.js';
import { Visits } from './visits.reader.js';

/** What can be asked about a truck's stay; the cases of trucks, which all of the station works with, are here too. */
export const visitProviders: Provider[] = [
  Policies,
  TruckCases,
  AnnounceVisit,
  QueueVisit,
  CallVisit,
  EndCall,
  RegisterArrival,
  CheckVisit,
  HoldCargo,
  LiftHold,
  ReleaseCargo,
  DepartVisit,
  CancelVisit,
  RetractArrival,
  CheckTemplates,
  Visits,
  CaseScope,
];
export const visitControllers: Type[] = [
  VisitsController,
  CheckTemplatesController,
  StationChecksController,
  VisitQueueController,
  VisitStepsController,
  CargoController,
];
export const visitEntities = [VisitRow];
