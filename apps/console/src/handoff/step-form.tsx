import type { Truck } from '../truck/use-truck.js';
import type { AsideStep, LeadingStep } from './guide.js';
import {
  AbortStep,
  AcceptStep,
  CancelStep,
  DeclineStep,
  EndCallStep,
  HoldStep,
  LiftHoldStep,
  NoShowStep,
  WithdrawStep,
} from './steps/aside-steps.js';
import { ArriveStep } from './steps/arrive-step.js';
import { AssignStep } from './steps/assign-step.js';
import { CallStep, QueueStep } from './steps/queue-steps.js';
import { CheckStep } from './steps/check-step.js';
import { CompleteStep } from './steps/complete-step.js';
import { DepartStep, ReleaseStep, RetractStep } from './steps/leaving-steps.js';
import { StartStep } from './steps/start-step.js';
import type { StepProps } from './steps/step-props.js';

const forms: Readonly<Record<LeadingStep | AsideStep, (props: StepProps) => React.ReactNode>> = {
  arrive: ArriveStep,
  queue: QueueStep,
  call: CallStep,
  end_call: EndCallStep,
  check: CheckStep,
  assign: AssignStep,
  accept: AcceptStep,
  decline: DeclineStep,
  report_no_show: NoShowStep,
  withdraw: WithdrawStep,
  start: StartStep,
  complete: CompleteStep,
  abort: AbortStep,
  hold_cargo: HoldStep,
  lift_hold: LiftHoldStep,
  release_cargo: ReleaseStep,
  depart: DepartStep,
  cancel: CancelStep,
  retract_arrival: RetractStep,
  retract_announced_arrival: RetractStep,
};

/** What a step asks for. */
export function StepForm({
  step,
  truck,
  onDone,
}: {
  readonly step: LeadingStep | AsideStep;
  readonly truck: Truck;
  readonly onDone: () => void;
}) {
  const Form = forms[step];
  return <Form truck={truck} onDone={onDone} />;
}
