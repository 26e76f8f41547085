import { type DynamicModule, Module } from '@nestjs/common';
import { EventLogServer, type EventLogTelemetry, type EventTransport, LogReader, Outbox } from '@yizhan/event-log';
import type { TokenSigner } from '@yizhan/identity';
import { Clock, Ids } from '@yizhan/kernel';
import { Keystore } from '@yizhan/keystore';
import type { NoticeSettings } from '@yizhan/notices';
import { Database, type MigrationSet, servicePlaces } from '@yizhan/persistence';
import { accountControllers, accountProviders } from './accounts/accounts.providers.js';
import { apiKeyControllers, apiKeyProviders } from './api-keys/api-keys.providers.js';
import { arrivalMoveControllers, arrivalMoveProviders } from './arrival-moves/arrival-moves.providers.js';
import { attachmentControllers, attachmentProviders } from './attachments/attachments.providers.js';
import { boardControllers, boardProviders } from './board/boards.providers.js';
import { Changes } from './changes/changes.js';
import { connectionControllers, connectionProviders } from './connections/connections.providers.js';
import { consentControllers, consentEntities, consentProviders } from './consents/consents.providers.js';
import { correctionControllers, correctionProviders } from './corrections/corrections.providers.js';
import { custodyControllers, custodyEntities, custodyProviders } from './custody/custody.providers.js';
import { demonstrationControllers, demonstrationProviders } from './demonstration/demonstration.providers.js';
import { driverControllers, driverEntities, driverProviders } from './drivers/drivers.providers.js';
import { evidenceControllers, evidenceProviders } from './evidence/evidence.providers.js';
import { dutyControllers, dutyEntities, dutyProviders } from './duties/duties.providers.js';
import { exceptionControllers, exceptionEntities, exceptionProviders } from './exceptions/exceptions.providers.js';
import { gateControllers, gateProviders } from './gate/gate.providers.js';
import { handoffControllers, handoffEntities, handoffProviders } from './handoffs/handoffs.providers.js';
import { intakeControllers, intakeProviders } from './intakes/intakes.providers.js';
import { CreateStation1764000001000 } from './migrations/1764000001000-create-station.js';
import { ExtendStationConsumer1764100001000 } from './migrations/1764100001000-extend-station-consumer.js';
import { CreateAccounts1764200001000 } from './migrations/1764200001000-create-accounts.js';
import { IssueCredentials1764200001001 } from './migrations/1764200001001-issue-credentials.js';
import { SeeCounties1764200001002 } from './migrations/1764200001002-see-counties.js';
import { CreatePersonalData1764200002000 } from './migrations/1764200002000-create-personal-data.js';
import { CreateAttachments1764200002001 } from './migrations/1764200002001-create-attachments.js';
import { CollectOnHandoffs1764200003000 } from './migrations/1764200003000-collect-on-handoffs.js';
import { ListHoldsOfVisits1764200003001 } from './migrations/1764200003001-list-holds-of-visits.js';
import { CreatePasses1764200003002 } from './migrations/1764200003002-create-passes.js';
import { FindCalledBays1764200003003 } from './migrations/1764200003003-find-called-bays.js';
import { ExtendExceptions1764200004000 } from './migrations/1764200004000-extend-exceptions.js';
import { KeepWhatHeWasAssigned1764200004001 } from './migrations/1764200004001-keep-what-he-was-assigned.js';
import { RunAStation1764200006000 } from './migrations/1764200006000-run-a-station.js';
import { RegisterTrucks1764200006001 } from './migrations/1764200006001-register-trucks.js';
import { PlanZones1764200006002 } from './migrations/1764200006002-plan-zones.js';
import { JudgeMoreOfThePast1764200005200 } from './migrations/1764200005200-judge-more-of-the-past.js';
import { JudgeThePast1764200005000 } from './migrations/1764200005000-judge-the-past.js';
import { noticeControllers, noticeProviders } from './notices/notices.providers.js';
import { networkControllers, networkEntities, networkProviders } from './network/network.providers.js';
import { personalDataControllers, personalDataProviders } from './personal-data/personal-data.providers.js';
import {
  overrideRequestControllers,
  overrideRequestProviders,
} from './override-requests/override-requests.providers.js';
import { recallControllers, recallProviders } from './recalls/recalls.providers.js';
import { retentionProviders } from './retention/retention.providers.js';
import { passControllers, passEntities, passProviders } from './passes/passes.providers.js';
import { KeepPlans1764200006003 } from './migrations/1764200006003-keep-plans.js';
import { planControllers, planEntities, planProviders } from './plans/plans.providers.js';
import {
  laneThrottleControllers,
  laneThrottleEntities,
  laneThrottleProviders,
} from './lane-throttles/lane-throttles.providers.js';
import { lendingControllers, lendingEntities, lendingProviders } from './lending/lending.providers.js';
import { offlineControllers, offlineProviders } from './offline/offline.providers.js';
import { runControllers, runEntities, runProviders } from './runs/runs.providers.js';
import { AccessTokens } from './sessions/access-tokens.js';
import { sessionControllers, sessionProviders } from './sessions/sessions.providers.js';
import { sheetControllers, sheetProviders } from './sheets/sheets.providers.js';
import { ForgetPlainDigests1764200008000 } from './migrations/1764200008000-forget-plain-digests.js';
import { FindWhatIsOnesOwn1764200009000 } from './migrations/1764200009000-find-what-is-ones-own.js';
import { TakeARefreshTokenOnceMore1764200009100 } from './migrations/1764200009100-take-a-refresh-token-once-more.js';
import { ShowCarriersTheirOwn1764500001000 } from './migrations/1764500001000-show-carriers-their-own.js';
import { CareForWhoWaits1764600007000 } from './migrations/1764600007000-care-for-who-waits.js';
import { HearStations1764700001000 } from './migrations/1764700001000-hear-stations.js';
import { NameTheInstallation1764600006000 } from './migrations/1764600006000-name-the-installation.js';
import { KeepConsents1764700001001 } from './migrations/1764700001001-keep-consents.js';
import { KeepTruckNotices1764800001000 } from './migrations/1764800001000-keep-truck-notices.js';
import { LendDrivers1764800002000 } from './migrations/1764800002000-lend-drivers.js';
import { DescribeEnterprises1764800003000 } from './migrations/1764800003000-describe-enterprises.js';
import { LetCarriersMakeKeys1764900001000 } from './migrations/1764900001000-let-carriers-make-keys.js';
import { ThrottleLanes1765000001000 } from './migrations/1765000001000-throttle-lanes.js';
import { MoveArrivals1765000002000 } from './migrations/1765000002000-move-arrivals.js';
import { SummariseAssignments1765000003000 } from './migrations/1765000003000-summarise-assignments.js';
import { KeepReports1764200007000 } from './migrations/1764200007000-keep-reports.js';
import { reportControllers, reportProviders } from './reports/reports.providers.js';
import { shiftHandoverControllers, shiftHandoverProviders } from './shift-handovers/shift-handovers.providers.js';
import { storageControllers, storageProviders } from './storage/storage.providers.js';
import type { Demonstration, SlipKeySet, StorageSign } from '@yizhan/service-process';
import { slipControllers, slipProviders } from './slips/slips.providers.js';
import { STATION_EVENTS, StationConsumes } from './station.consumes.js';
import { timerProviders } from './timers/timers.providers.js';
import { truckControllers, truckProviders } from './trucks/trucks.providers.js';
import { waitingDriverControllers, waitingDriverProviders } from './waiting-drivers/waiting-drivers.providers.js';
import { visitControllers, visitEntities, visitProviders } from './visits/visits.providers.js';

/** What the station service is given by the process that it runs in. */
export interface StationPorts {
  /** Connected as `yizhan_station`, with `stationEntities`. */
  readonly database: Database;
  /** Of the source `/yizhan/station`. */
  readonly outbox: Outbox;
  readonly reader: LogReader;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Keys of personal data. */
  readonly keystore: Keystore;
  /** What handoff slips are signed with; absent where this process signs none. */
  readonly slipKeys?: SlipKeySet | undefined;
  /** Counts what the consumer does. */
  readonly telemetry?: EventLogTelemetry;
  /** Makes tokens; absent where another one signs people in. */
  readonly signer?: TokenSigner;
  /** What is played in this process; absent where the work is real. */
  readonly demonstration?: Demonstration | undefined;
  /** Where phones open it, where they can. */
  readonly phonesAt?: (() => string | undefined) | undefined;
  readonly storage?: StorageSign | undefined;
  /** Over which gateways drivers and carriers are told; nobody is where it is absent. */
  readonly notices?: NoticeSettings | undefined;
}

/** The truth at the stations: what it can be asked, feature by feature. */
@Module({})
export class StationModule {
  static register(ports: StationPorts): DynamicModule {
    return {
      module: StationModule,
      controllers: [
        ...networkControllers,
        ...boardControllers,
        ...driverControllers,
        ...waitingDriverControllers,
        ...lendingControllers,
        ...laneThrottleControllers,
        ...arrivalMoveControllers,
        ...personalDataControllers,
        ...intakeControllers,
        ...attachmentControllers,
        ...gateControllers,
        ...visitControllers,
        ...handoffControllers,
        ...evidenceControllers,
        ...overrideRequestControllers,
        ...passControllers,
        ...consentControllers,
        ...custodyControllers,
        ...runControllers,
        ...truckControllers,
        ...planControllers,
        ...dutyControllers,
        ...sheetControllers,
        ...accountControllers,
        ...sessionControllers,
        ...demonstrationControllers,
        ...storageControllers,
        ...apiKeyControllers,
        ...reportControllers,
        ...shiftHandoverControllers,
        ...slipControllers,
        ...exceptionControllers,
        ...recallControllers,
        ...offlineControllers,
        ...connectionControllers,
        ...correctionControllers,
        ...noticeControllers,
        StationConsumes,
      ],
      providers: [
        ...portProviders(ports),
        ...networkProviders,
        ...boardProviders,
        ...driverProviders,
        ...waitingDriverProviders,
        ...lendingProviders,
        ...laneThrottleProviders,
        ...arrivalMoveProviders,
        ...personalDataProviders,
        ...intakeProviders,
        ...attachmentProviders,
        ...gateProviders,
        ...retentionProviders,
        ...visitProviders,
        ...handoffProviders,
        ...evidenceProviders,
        ...overrideRequestProviders,
        ...passProviders,
        ...consentProviders,
        ...custodyProviders,
        ...runProviders,
        ...truckProviders,
        ...planProviders,
        ...dutyProviders,
        ...sheetProviders,
        ...accountProviders,
        ...sessionProviders,
        ...demonstrationProviders(ports.demonstration, ports.phonesAt),
        ...storageProviders(ports.storage),
        ...apiKeyProviders,
        ...reportProviders,
        ...shiftHandoverProviders,
        ...slipProviders(ports.slipKeys),
        ...exceptionProviders,
        ...recallProviders,
        ...timerProviders,
        ...offlineProviders,
        ...connectionProviders,
        ...correctionProviders,
        ...noticeProviders(ports.notices),
      ],
    };
  }
}

/** Rows that are read through TypeORM; the data source of the station's `Database` is made with them. */
export const stationEntities = [
  ...networkEntities,
  ...driverEntities,
  ...lendingEntities,
  ...laneThrottleEntities,
  ...visitEntities,
  ...handoffEntities,
  ...passEntities,
  ...consentEntities,
  ...custodyEntities,
  ...runEntities,
  ...planEntities,
  ...dutyEntities,
  ...exceptionEntities,
];

export const stationMigrations: MigrationSet = {
  schema: servicePlaces.station.schema,
  migrations: [
    CreateStation1764000001000,
    ExtendStationConsumer1764100001000,
    CreateAccounts1764200001000,
    IssueCredentials1764200001001,
    SeeCounties1764200001002,
    CreatePersonalData1764200002000,
    CreateAttachments1764200002001,
    CollectOnHandoffs1764200003000,
    ListHoldsOfVisits1764200003001,
    CreatePasses1764200003002,
    FindCalledBays1764200003003,
    ExtendExceptions1764200004000,
    KeepWhatHeWasAssigned1764200004001,
    JudgeThePast1764200005000,
    RunAStation1764200006000,
    RegisterTrucks1764200006001,
    PlanZones1764200006002,
    KeepPlans1764200006003,
    KeepReports1764200007000,
    JudgeMoreOfThePast1764200005200,
    ForgetPlainDigests1764200008000,
    FindWhatIsOnesOwn1764200009000,
    TakeARefreshTokenOnceMore1764200009100,
    ShowCarriersTheirOwn1764500001000,
    NameTheInstallation1764600006000,
    CareForWhoWaits1764600007000,
    HearStations1764700001000,
    KeepConsents1764700001001,
    KeepTruckNotices1764800001000,
    LendDrivers1764800002000,
    DescribeEnterprises1764800003000,
    LetCarriersMakeKeys1764900001000,
    ThrottleLanes1765000001000,
    MoveArrivals1765000002000,
    SummariseAssignments1765000003000,
  ],
};

/** Brings the events that the station listens to, each in the transaction of its effect. */
export function stationServer(ports: Omit<StationPorts, 'keystore'>, transport: EventTransport): EventLogServer {
  return new EventLogServer({
    group: 'station',
    database: ports.database,
    schema: servicePlaces.station.schema,
    clock: ports.clock,
    effect: 'transaction',
    mark: STATION_EVENTS,
    transport,
    telemetry: ports.telemetry,
  });
}

function portProviders({ database, outbox, reader, clock, ids, keystore, signer }: StationPorts) {
  return [
    { provide: Database, useValue: database },
    { provide: Outbox, useValue: outbox },
    { provide: LogReader, useValue: reader },
    { provide: Clock, useValue: clock },
    { provide: Ids, useValue: ids },
    { provide: Keystore, useValue: keystore },
    { provide: AccessTokens, useValue: new AccessTokens(signer) },
    { provide: Changes, useValue: new Changes(database, outbox, clock, ids, keystore) },
  ];
}
