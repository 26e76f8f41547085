import { Caller, type Claims } from '@yizhan/identity';
import { type Case, caseAfter, type CaseStep, caseStates, caseSteps, caseTable, stateOf, stepsOf } from './case.js';
import { partyOf } from './case-party.js';

const hour = 3_600_000;
const opened: Case = {
  caseId: '019cac41-8120-7f26-802a-beb684dd5684',
  areaCode: 'yiwu',
  ownerAreaCode: 'jinhua',
  ownerId: null,
  acceptedAt: null,
  cause: 'alert',
  causeKey: 'alert/long_dwell/jindong',
  causeId: '019cac41-8120-7f26-802a-beb684dd5685',
  code: 'long_dwell',
  label: '',
  stationCode: 'jindong',
  openedAt: 0,
  openedBy: 'command_centre:zhang',
  dueAt: 2 * hour,
  overdueAt: null,
  closedAt: null,
  closedBy: null,
  outcome: null,
  version: 1,
};
const zhang = 'command_centre:zhang';
const li = 'command_centre:li';
const after = (steps: readonly (readonly [CaseStep, string])[], from = opened): Case =>
  steps.reduce((each, [step, by], index) => caseAfter(each, step, by, (index + 1) * 1000), from);
const codeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};
/** One of each step. */
const examples: Readonly<Record<(typeof caseSteps)[number], CaseStep>> = {
  accept: { name: 'accept' },
  hand_over: { name: 'hand_over', toAreaCode: 'yiwu' },
  move_due: { name: 'move_due', dueAt: 9 * hour },
  note: { name: 'note' },
  close: { name: 'close', outcome: 'solved' },
};
const inState = {
  open: opened,
  accepted: after([[examples.accept, zhang]]),
  closed: after([[examples.close, zhang]]),
};

it.each(caseStates.flatMap((state) => caseSteps.map((step) => [state, step] as const)))(
  'what is %s leads by %s where the table says',
  (state, step) => {
    const reached = codeOf(() => stateOf(caseAfter(inState[state], examples[step], li, 5000)));
    const refusal = state === 'closed' ? 'CASE.CLOSED' : 'CASE.ALREADY_ACCEPTED';
    expect(reached).toBe(caseTable[state].steps[step] ?? refusal);
  },
);

it('is accepted by one, who may say so again', () => {
  const accepted = inState.accepted;
  expect(accepted).toMatchObject({ ownerId: zhang, acceptedAt: 1000, version: 2 });
  expect(caseAfter(accepted, examples.accept, zhang, 5000)).toBe(accepted);
});

it('is nobody’s after a hand-over, gains no time by it, and cannot be handed to where it is', () => {
  const overdue = { ...inState.accepted, overdueAt: 2 * hour };
  expect(caseAfter(overdue, examples.hand_over, zhang, 3 * hour)).toMatchObject({
    ownerAreaCode: 'yiwu',
    ownerId: null,
    acceptedAt: null,
    dueAt: 2 * hour,
    overdueAt: 2 * hour,
  });
  expect(caseAfter(overdue, { ...examples.hand_over, dueAt: 5 * hour } as CaseStep, zhang, 3 * hour)).toMatchObject({
    dueAt: 5 * hour,
    overdueAt: null,
  });
  expect(codeOf(() => after([[{ name: 'hand_over', toAreaCode: 'jinhua' }, zhang]]))).toBe('CASE.ALREADY_THERE');
  expect(after([[{ name: 'hand_over', toAreaCode: 'jinhua', toId: li }, zhang]])).toMatchObject({ ownerId: li });
});

it('is due at an instant to come', () => {
  expect(codeOf(() => caseAfter(opened, { name: 'move_due', dueAt: hour }, zhang, hour))).toBe('CASE.DUE_IN_THE_PAST');
});

const callers: readonly (readonly [Omit<Claims, 'sub'>, string, readonly string[]])[] = [
  [{ role: 'administrator' }, 'owner', caseSteps],
  [{ role: 'command_centre', areas: ['jinhua'] }, 'owner', caseSteps],
  [{ role: 'command_centre', areas: ['yiwu'] }, 'origin', ['hand_over', 'note']],
  [{ role: 'command_centre', areas: ['ningbo'] }, 'nobody', []],
  [{ role: 'command_centre', counties: ['330703'], stations: ['jindong'] }, 'nobody', []],
  [{ role: 'shift_lead', stations: ['jindong'] }, 'station', ['note']],
  [{ role: 'shift_lead', stations: ['pujiang'] }, 'nobody', []],
];
it.each(callers)('lets %j be its %s, who may take %j', (who, party, steps) => {
  const found = partyOf(new Caller({ sub: zhang, ...who }), opened);
  expect(found).toBe(party);
  expect(stepsOf(opened, found)).toEqual(steps);
});
