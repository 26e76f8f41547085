import type { Provider, Type } from '@nestjs/common';
import { ActivateZone } from './zones/activate-zone.js';
import { AreasController } from './areas/areas.controller.js';
import { CallerScope } from './caller-scope.js';
import { CarriersController } from './carriers/carriers.controller.js';
import { ChangeEnterprise } from './enterprises/change-enterprise.js';
import { ChangeEnterpriseReadiness } from './enterprises/change-enterprise-readiness.js';
import { SetOpeningHours } from './opening-hours/set-opening-hours.js';
import { ChangeAssignmentMode } from './stations/change-assignment-mode.js';
import { ChangeBays } from './stations/change-bays.js';
import { ChangeStation } from './stations/change-station.js';
import { CloseStation } from './stations/close-station.js';
import { CreateArea } from './areas/create-area.js';
import { DescribeEnterprise } from './enterprises/describe-enterprise.js';
import { EnterpriseCapacityController } from './enterprises/enterprise-capacity.controller.js';
import { ReportElectricity } from './enterprises/report-electricity.js';
import { EnterprisesController } from './enterprises/enterprises.controller.js';
import { ChangeZone } from './zones/change-zone.js';
import { LiftZone } from './zones/lift-zone.js';
import {
  AreaRow,
  BayRow,
  CarrierRow,
  EnterpriseRow,
  PlaceRow,
  PolicyRow,
  StationRow,
  ZoneRow,
} from './network.entities.js';
import { OpenStation } from './stations/open-station.js';
import { PublishPolicy } from './areas/publish-policy.js';
import { RegisterCarrier } from './carriers/register-carrier.js';
import { RegisterEnterprise } from './enterprises/register-enterprise.js';
import { ResumeStation } from './stations/resume-station.js';
import { ReopenStation } from './stations/reopen-station.js';
import { StationEditsController } from './stations/station-edits.controller.js';
import { ShareZone } from './zones/share-zone.js';
import { StationsController, StationStatesController } from './stations/stations.controller.js';
import { Stations } from './stations/stations.reader.js';
import { SuspendStation } from './stations/suspend-station.js';
import { AddPlace, ClosePlace } from './zones/places.js';
import { PlacesController } from './zones/places.controller.js';
import { ReachZoneEnd } from './zones/reach-zone-end.js';
import { ZoneAreasController } from './zones/zone-areas.controller.js';
import { ZonesController } from './zones/zones.controller.js';

/** What can be asked about areas, policies, zones, stations, carriers and enterprises. */
export const networkProviders: Provider[] = [
  CreateArea,
  PublishPolicy,
  ActivateZone,
  LiftZone,
  ChangeZone,
  ShareZone,
  ReachZoneEnd,
  AddPlace,
  ClosePlace,
  OpenStation,
  SuspendStation,
  ResumeStation,
  CloseStation,
  ReopenStation,
  ChangeStation,
  ChangeBays,
  ChangeAssignmentMode,
  SetOpeningHours,
  RegisterCarrier,
  RegisterEnterprise,
  ChangeEnterpriseReadiness,
  ChangeEnterprise,
  DescribeEnterprise,
  ReportElectricity,
  Stations,
  CallerScope,
];

export const networkControllers: Type[] = [
  AreasController,
  ZonesController,
  ZoneAreasController,
  PlacesController,
  StationsController,
  StationStatesController,
  StationEditsController,
  CarriersController,
  EnterprisesController,
  EnterpriseCapacityController,
];

export const networkEntities = [AreaRow, PolicyRow, ZoneRow, PlaceRow, StationRow, BayRow, CarrierRow, EnterpriseRow];
