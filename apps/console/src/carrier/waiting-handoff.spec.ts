import { waitingHandoff } from './waiting-handoff.js';

const told = (...names: string[]) =>
  names.map((name, index) => ({ type: `yizhan.${name}.v1`, data: { handoffId: `h${index}` } }));

it.each([
  ['is the one that was asked for', ['visit.arrived', 'handoff.requested', 'handoff.assigned'], 'h1'],
  ['is the newest', ['handoff.requested', 'handoff.started', 'handoff.aborted', 'handoff.requested'], 'h3'],
  ['is none before it is asked for', ['visit.announced', 'visit.arrived'], undefined],
  ['is none once it has started', ['handoff.requested', 'handoff.accepted', 'handoff.started'], undefined],
  ['is none once the truck has left', ['handoff.requested', 'visit.departed'], undefined],
])('the handoff that waits for a word %s', (_, names, handoffId) => {
  expect(waitingHandoff(told(...names))).toBe(handoffId);
});
