import {
  type CompletionCase,
  type CompletionDraft,
  emptyDraft,
  isOtherSeal,
  openedAt,
  openParts,
  partAfter,
  partBefore,
  partIsWhole,
  parts,
  shownPart,
} from './parts.js';

const about: CompletionCase = {
  recordedSeal: 'S0001',
  isSealApproved: false,
  missing: ['offgoing', 'oncoming', 'witness'],
  signers: { offgoing: 'outside-1', oncoming: 'relay-1', witness: 'operator:lin' },
};
const whole: CompletionDraft = {
  ...emptyDraft,
  at: 'witness',
  reached: 'witness',
  odometer: '183204',
  sealNumber: ' S0001 ',
  signed: about.signers,
};

it('opens with the first part, and no other one can be opened', () => {
  expect(shownPart(emptyDraft, about)).toBe('items');
  expect(openParts(emptyDraft, about)).toEqual(['items']);
});

it('leads through every part in order, and back', () => {
  const forth = [...parts.slice(1), undefined];
  expect(parts.map(partAfter)).toEqual(forth);
  expect(forth.slice(0, -1).map((part) => partBefore(part!))).toEqual(parts.slice(0, -1));
});

it('a part can not be passed before it is whole', () => {
  const eager = { ...emptyDraft, at: 'witness', reached: 'witness' } as const;
  expect(shownPart(eager, about)).toBe('readings');
  expect(openParts(eager, about)).toEqual(['items', 'readings']);
});

it('every part is open once all are whole, and what was open last is shown', () => {
  expect(openParts(whole, about)).toEqual(parts);
  expect(shownPart(whole, about)).toBe('witness');
  expect(shownPart({ ...whole, at: 'photos' }, about)).toBe('photos');
});

it('going back keeps what was reached', () => {
  expect(openedAt(whole, 'items')).toEqual({ at: 'items', reached: 'witness' });
  expect(openedAt(emptyDraft, 'readings')).toEqual({ at: 'readings', reached: 'readings' });
});

it.each<[string, Partial<CompletionDraft>, Partial<CompletionCase>, boolean]>([
  ['readings', { odometer: '' }, {}, false],
  ['readings', { odometer: '10000000' }, {}, false],
  ['readings', { fuel: '101' }, {}, false],
  ['readings', { fuel: '80' }, {}, true],
  ['seal', { sealNumber: ' ' }, {}, false],
  ['seal', { sealNumber: '' }, { recordedSeal: undefined }, true],
  ['seal', { sealNumber: 'S0002' }, {}, false],
  ['seal', { sealNumber: 'S0002' }, { isSealApproved: true }, true],
  ['seal', { sealNumber: 'S0002' }, { recordedSeal: undefined }, true],
  ['seal', { isIntact: false }, {}, false],
  ['offgoing', { signed: {} }, {}, false],
  ['offgoing', { signed: {} }, { missing: ['witness'] }, true],
  ['oncoming', { signed: { oncoming: 'relay-2' } }, {}, false],
  ['witness', { signed: { witness: 'operator:wang' } }, {}, false],
  ['witness', { signed: {} }, { missing: [] }, false],
])('%s with %j, where %j, is whole: %s', (part, change, other, is) => {
  expect(partIsWhole(part as 'seal', { ...whole, ...change }, { ...about, ...other })).toBe(is);
});

it('a seal that nobody has typed is no other one', () => {
  expect(isOtherSeal(emptyDraft, 'S0001')).toBe(false);
  expect(isOtherSeal(whole, 'S0001')).toBe(false);
  expect(isOtherSeal({ ...whole, sealNumber: 's0001' }, 'S0001')).toBe(true);
});
