import type { Provider, Type } from '@nestjs/common';
import { ActivateZone } from './activate-zone.js';
import { AreasController } from './areas.controller.js';
import { CallerScope } from './caller-scope.js';
import { CarriersController } from './carriers.controller.js';
import { ChangeEnterpriseReadiness } from './change-enterprise-readiness.js';
import { CloseStation } from './close-station.js';
import { CreateArea } from './create-area.js';
import { EnterprisesController } from './enterprises.controller.js';
import { LiftZone } from './lift-zone.js';
import { AreaRow, BayRow, CarrierRow, EnterpriseRow, PolicyRow, StationRow, ZoneRow } from './network.entities.js';
import { OpenStation } from './open-station.js';
import { PublishPolicy } from './publish-policy.js';
import { RegisterCarrier } from './register-carrier.js';
import { RegisterEnterprise } from './register-enterprise.js';
import { ResumeStation } from './resume-station.js';
import { StationsController, StationStatesController } from './stations.controller.js';
import { Stations } from './stations.reader.js';
import { SuspendStation } from './suspend-station.js';
import { ZonesController } from './zones.controller.js';

/** What can be asked about areas, policies, zones, stations, carriers and enterprises. */
export const networkProviders: Provider[] = [
  CreateArea,
  PublishPolicy,
  ActivateZone,
  LiftZone,
  OpenStation,
  SuspendStation,
  ResumeStation,
  CloseStation,
  RegisterCarrier,
  RegisterEnterprise,
  ChangeEnterpriseReadiness,
  Stations,
  CallerScope,
];

export const networkControllers: Type[] = [
  AreasController,
  ZonesController,
  StationsController,
  StationStatesController,
  CarriersController,
  EnterprisesController,
];

export const networkEntities = [AreaRow, PolicyRow, ZoneRow, StationRow, BayRow, CarrierRow, EnterpriseRow];
