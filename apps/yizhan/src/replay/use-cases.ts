import { HoldCargo } from '../../../station/src/cargo/hold-cargo.js';
import { ReleaseCargo } from '../../../station/src/cargo/release-cargo.js';
import { MoveCustody } from '../../../station/src/custody/move-custody.js';
import { EndShift } from '../../../station/src/drivers/end-shift.js';
import { EnrolDriver } from '../../../station/src/drivers/enrol-driver.js';
import { GrantCredential } from '../../../station/src/drivers/grant-credential.js';
import { StartShift } from '../../../station/src/drivers/start-shift.js';
import { AbortHandoff } from '../../../station/src/handoffs/abort-handoff.js';
import { AcceptAssignment } from '../../../station/src/handoffs/accept-assignment.js';
import { CompleteHandoff } from '../../../station/src/handoffs/complete-handoff.js';
import { DeclineAssignment } from '../../../station/src/handoffs/decline-assignment.js';
import { ReportNoShow } from '../../../station/src/handoffs/report-no-show.js';
import { StartHandoff } from '../../../station/src/handoffs/start-handoff.js';
import { ActivateZone } from '../../../station/src/network/zones/activate-zone.js';
import { CreateArea } from '../../../station/src/network/areas/create-area.js';
import { OpenStation } from '../../../station/src/network/stations/open-station.js';
import { PublishPolicy } from '../../../station/src/network/areas/publish-policy.js';
import { RegisterCarrier } from '../../../station/src/network/carriers/register-carrier.js';
import { RegisterEnterprise } from '../../../station/src/network/enterprises/register-enterprise.js';
import { PlanReturn } from '../../../station/src/runs/plan-return.js';
import { RecordRunStep } from '../../../station/src/runs/record-run-step.js';
import { CallVisit } from '../../../station/src/visits/call-visit.js';
import { CheckVisit } from '../../../station/src/visits/check-visit.js';
import { DepartVisit } from '../../../station/src/visits/depart-visit.js';
import { QueueVisit } from '../../../station/src/visits/queue-visit.js';
import { RegisterArrival } from '../../../station/src/visits/register-arrival.js';
import type { StepInputs } from './people/steps.js';
import type { Perform, PerformedRequest } from './perform.js';

/** A class of `apps/station`, asked for by its own name. */
export type UseCaseClass<T> = abstract new (...args: never[]) => T;

type UseCases = {
  readonly [S in keyof StepInputs]: UseCaseClass<{
    execute(request: PerformedRequest, input: StepInputs[S]): Promise<unknown>;
  }>;
};

/** The use case behind each step: the classes that the controllers of HTTP call. */
const useCases: UseCases = {
  createArea: CreateArea,
  publishPolicy: PublishPolicy,
  activateZone: ActivateZone,
  openStation: OpenStation,
  registerCarrier: RegisterCarrier,
  registerEnterprise: RegisterEnterprise,
  enrolDriver: EnrolDriver,
  grantCredential: GrantCredential,
  startShift: StartShift,
  endShift: EndShift,
  registerArrival: RegisterArrival,
  checkVisit: CheckVisit,
  queueVisit: QueueVisit,
  callVisit: CallVisit,
  departVisit: DepartVisit,
  holdCargo: HoldCargo,
  releaseCargo: ReleaseCargo,
  acceptAssignment: AcceptAssignment,
  declineAssignment: DeclineAssignment,
  reportNoShow: ReportNoShow,
  startHandoff: StartHandoff,
  completeHandoff: CompleteHandoff,
  abortHandoff: AbortHandoff,
  moveCustody: MoveCustody,
  planReturn: PlanReturn,
  recordRunStep: RecordRunStep,
};

/** Carries steps out by use cases. @param find gives the running product's own */
export function performerOf(find: <T>(type: UseCaseClass<T>) => T): Perform {
  type AnyUseCase = { execute(request: PerformedRequest, input: unknown): Promise<unknown> };
  const found = new Map<string, AnyUseCase>();
  return async ({ step, input }, request) => {
    const useCase = found.get(step) ?? find<AnyUseCase>(useCases[step]);
    found.set(step, useCase);
    return useCase.execute(request, input);
  };
}
