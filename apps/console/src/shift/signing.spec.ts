import { signingOf } from './signing.js';

const me = { role: 'shift_lead', accountId: 'shift_lead:wang' };
const by = (outgoingId: string, state = 'offered') => ({ newest: { state, outgoingId } });

it.each([
  ['hand_over', { ...me, newest: undefined }],
  ['hand_over', { ...me, ...by('shift_lead:zhao', 'taken') }],
  ['take_over', { ...me, ...by('shift_lead:zhao') }],
  ['wait', { ...me, ...by('shift_lead:wang') }],
  ['none', { ...me, role: 'operator', ...by('shift_lead:zhao') }],
  ['none', { ...me, role: 'command_centre', newest: undefined }],
])('%s is what %j may do', (signing, asked) => expect(signingOf(asked)).toBe(signing));
