import { type DynamicModule, Module } from '@nestjs/common';
import { EventLogServer, type EventTransport, Outbox } from '@yizhan/event-log';
import { Clock, Ids } from '@yizhan/kernel';
import { Keystore } from '@yizhan/keystore';
import { Database, type MigrationSet, servicePlaces } from '@yizhan/persistence';
import type { ServicePorts } from '@yizhan/service-process';
import { AcknowledgeAlert } from './alerts/acknowledge-alert.js';
import { AlertWatch } from './alerts/alert-watch.js';
import { AlertsController } from './alerts/alerts.controller.js';
import { Alerts } from './alerts/alerts.reader.js';
import { COMMAND_CENTRE_EVENTS, commandCentreGroup, CommandCentreConsumes } from './command-centre.consumes.js';
import { caseControllers, caseProviders } from './cases/cases.providers.js';
import { CapacityController } from './capacity/capacity.controller.js';
import { CapacityReader } from './capacity/capacity.reader.js';
import { BoardController } from './board/board.controller.js';
import { BoardReader } from './board/board.reader.js';
import { FiguresReader } from './board/figures.reader.js';
import { foldGathered } from './kpis/gathered-events.js';
import { CreateCommandCentre1764100003000 } from './migrations/1764100003000-create-command-centre.js';
import { KeepFigures1764500003000 } from './migrations/1764500003000-keep-figures.js';
import { KeepCapacity1764800004000 } from './migrations/1764800004000-keep-capacity.js';
import { WatchForAlerts1764600003000 } from './migrations/1764600003000-watch-for-alerts.js';
import { KeepCases1764950000000 } from './migrations/1764950000000-keep-cases.js';
import { KeepWhoWasAtIt1765100000000 } from './migrations/1765100000000-keep-who-was-at-it.js';
import { KeepNotices1764800003000 } from './migrations/1764800003000-keep-notices.js';
import { noticeControllers, noticeProviders } from './notices/notices.providers.js';
import { OverviewController } from './overview/overview.controller.js';
import { KnownCapacity } from './overview/known-capacity.js';
import { OverviewReader } from './overview/overview.reader.js';
import { PrintReport } from './report/print-report.js';
import { CentreReportController } from './report/report.controller.js';
import { CentreReports } from './report/report.reader.js';
import { ThroughputController } from './throughput/throughput.controller.js';
import { Throughput } from './throughput/throughput.reader.js';

/** What the command centre is given by the process that it runs in. */
export type CommandCentrePorts = Pick<
  ServicePorts,
  'database' | 'outbox' | 'clock' | 'ids' | 'keystore' | 'telemetry' | 'notices'
>;

/** What goes through the stations: read models of the events, rebuilt from them at will. */
@Module({})
export class CommandCentreModule {
  static register({ database, outbox, clock, ids, keystore, notices }: CommandCentrePorts): DynamicModule {
    if (!keystore) throw new Error('the command centre needs a keystore');
    return {
      module: CommandCentreModule,
      controllers: [
        CommandCentreConsumes,
        BoardController,
        CapacityController,
        OverviewController,
        AlertsController,
        CentreReportController,
        ThroughputController,
        ...caseControllers,
        ...noticeControllers,
      ],
      providers: [
        { provide: Database, useValue: database },
        { provide: Clock, useValue: clock },
        { provide: Ids, useValue: ids },
        { provide: Outbox, useValue: outbox },
        { provide: Keystore, useValue: keystore },
        BoardReader,
        FiguresReader,
        CapacityReader,
        KnownCapacity,
        OverviewReader,
        CentreReports,
        { provide: PrintReport, useValue: new PrintReport(notices?.names ?? {}) },
        Throughput,
        Alerts,
        AcknowledgeAlert,
        AlertWatch,
        ...caseProviders,
        ...noticeProviders(notices),
      ],
    };
  }
}

export const commandCentreMigrations: MigrationSet = {
  schema: servicePlaces.commandCentre.schema,
  migrations: [
    CreateCommandCentre1764100003000,
    KeepFigures1764500003000,
    WatchForAlerts1764600003000,
    KeepNotices1764800003000,
    KeepCapacity1764800004000,
    KeepCases1764950000000,
    KeepWhoWasAtIt1765100000000,
  ],
};

/** Folds each event once: the figures and how far they have come are one transaction. */
export function commandCentreServer(
  { database, clock, telemetry }: CommandCentrePorts,
  transport: EventTransport,
): EventLogServer {
  return new EventLogServer({
    group: commandCentreGroup,
    database,
    schema: servicePlaces.commandCentre.schema,
    clock,
    effect: 'transaction',
    together: 200,
    finish: foldGathered,
    mark: COMMAND_CENTRE_EVENTS,
    transport,
    telemetry,
  });
}
