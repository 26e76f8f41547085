import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { EventLogServer, type EventLogTelemetry, type EventTransport, LogReader, Outbox } from '@yizhan/event-log';
import { Clock, Ids } from '@yizhan/kernel';
import { Database, type MigrationSet, servicePlaces } from '@yizhan/persistence';
import { WatchedPicture } from './answers/watched-picture.js';
import { CandidatesController } from './candidates/candidates.controller.js';
import { RankCandidates } from './candidates/rank-candidates.js';
import { AreaOwners } from './decisions/area-owners.js';
import { DecisionBook } from './decisions/decision-book.js';
import { LineStopsController } from './line-stops/line-stops.controller.js';
import { CreateScheduler1764000002000 } from './migrations/1764000002000-create-scheduler.js';
import { ExtendSchedulerConsumer1764100002000 } from './migrations/1764100002000-extend-scheduler-consumer.js';
import { KeepPictures1765200002000 } from './migrations/1765200002000-keep-pictures.js';
import { WatchedAreas } from './picture/watched-areas.js';
import { LoanPreviewController } from './plan-preview/loan-preview.controller.js';
import { PlanPreviewController } from './plan-preview/plan-preview.controller.js';
import { MovePreviewController } from './plan-preview/move-preview.controller.js';
import { PreviewMove } from './plan-preview/preview-move.js';
import { PreviewLoan } from './plan-preview/preview-loan.js';
import { PreviewStation } from './plan-preview/preview-station.js';
import { PreviewThrottle } from './plan-preview/preview-throttle.js';
import { ThrottlePreviewController } from './plan-preview/throttle-preview.controller.js';
import { PreviewPlan } from './plan-preview/preview-plan.js';
import { PreviewWithdrawal } from './plan-preview/preview-withdrawal.js';
import { StationPreviewController } from './plan-preview/station-preview.controller.js';
import { WithdrawalPreviewController } from './plan-preview/withdrawal-preview.controller.js';
import { ProposeDrivers } from './propose-drivers.js';
import { SchedulerWake } from './scheduler-wake.js';
import { SCHEDULER_EVENTS, SchedulerConsumes } from './scheduler.consumes.js';
import { KeepPictures, type KeepingRule } from './snapshots/keep-pictures.js';
import { KeptPictures } from './snapshots/kept-pictures.js';
import { ExplainDecision } from './why-not/explain-decision.js';
import { WhyNotController } from './why-not/why-not.controller.js';

/** What the scheduler is given by the process that it runs in. */
export interface SchedulerPorts {
  /** Connected as `yizhan_scheduler`. */
  readonly database: Database;
  /** Of the source `/yizhan/scheduler`. */
  readonly outbox: Outbox;
  readonly reader: LogReader;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Name of this process among those that may decide for the same areas; `single` where it is the only one. */
  readonly owner?: string;
  /** When pictures are kept; as usual unless said otherwise. */
  readonly keeping?: KeepingRule;
  /** Counts what the consumer does. */
  readonly telemetry?: EventLogTelemetry;
}

/** Who drives which truck, when, and why not: it proposes, the station decides. */
@Module({})
export class SchedulerModule {
  static register(ports: SchedulerPorts): DynamicModule {
    return {
      module: SchedulerModule,
      controllers: [
        SchedulerConsumes,
        WhyNotController,
        CandidatesController,
        PlanPreviewController,
        LoanPreviewController,
        StationPreviewController,
        ThrottlePreviewController,
        MovePreviewController,
        WithdrawalPreviewController,
        LineStopsController,
      ],
      providers: [
        ...portProviders(ports),
        // One for every application that is made of this module.
        { provide: WatchedAreas, useValue: new WatchedAreas() },
        ProposeDrivers,
        SchedulerWake,
        ExplainDecision,
        RankCandidates,
        PreviewPlan,
        PreviewLoan,
        PreviewStation,
        PreviewThrottle,
        PreviewMove,
        PreviewWithdrawal,
        WatchedPicture,
      ],
      exports: [ProposeDrivers, SchedulerWake],
    };
  }
}

export const schedulerMigrations: MigrationSet = {
  schema: servicePlaces.scheduler.schema,
  migrations: [CreateScheduler1764000002000, ExtendSchedulerConsumer1764100002000, KeepPictures1765200002000],
};

/**
 * Brings the events that the scheduler listens to into its picture, and lets it propose when it has seen all of them.
 * @param get gives what the module has made, once the app is made: `(type) => app.get(type, { strict: false })`
 */
export function schedulerServer(
  ports: SchedulerPorts,
  transport: EventTransport,
  get: <T>(type: Type<T>) => T,
): EventLogServer {
  return new EventLogServer({
    group: 'scheduler',
    database: ports.database,
    schema: servicePlaces.scheduler.schema,
    clock: ports.clock,
    effect: 'memory',
    mark: SCHEDULER_EVENTS,
    transport,
    telemetry: ports.telemetry,
    restoreMemory: (areaCodes) => get(KeepPictures).restore(areaCodes),
    onCaughtUp: () => {
      get(KeepPictures).tellRestored();
      return get(ProposeDrivers).whenCaughtUp();
    },
    onKeysAdopted: (areaCodes) => get(ProposeDrivers).adopt(areaCodes),
    onKeysLost: (areaCodes) => get(ProposeDrivers).lose(areaCodes),
    onLeftOut: (areaCode) => get(WatchedAreas).leaveOut(areaCode),
  });
}

function portProviders({ database, outbox, reader, clock, ids, owner, keeping }: SchedulerPorts) {
  return [
    { provide: Database, useValue: database },
    { provide: Outbox, useValue: outbox },
    { provide: LogReader, useValue: reader },
    { provide: Clock, useValue: clock },
    { provide: Ids, useValue: ids },
    { provide: AreaOwners, useValue: new AreaOwners(database, owner ?? 'single') },
    { provide: DecisionBook, useValue: new DecisionBook(database, outbox, ids) },
    {
      provide: KeepPictures,
      useFactory: (areas: WatchedAreas) => new KeepPictures(areas, new KeptPictures(database), keeping),
      inject: [WatchedAreas],
    },
  ];
}
