import { completionBody, draftOf } from './completion-body.js';
import { emptyDraft } from './parts.js';

const more = { signatures: [], photos: [], recordedSeal: 'S0001', sealReason: undefined };
const draft = { ...emptyDraft, odometer: '183,204', sealNumber: ' S0001 ' };

it('says what was entered, and which of the things that always go along are missing', () => {
  const photo = { stage: 'seal', sha256: 'a'.repeat(64), content: 'left out' };
  expect(completionBody({ ...draft, items: ['keys', 'etc_card'], fuel: '80' }, { ...more, photos: [photo] })).toEqual({
    signatures: [],
    items: [
      { code: 'keys', given: true },
      { code: 'vehicle_licence', given: false },
      { code: 'waybill', given: false },
      { code: 'etc_card', given: true },
    ],
    photos: [{ stage: 'seal', sha256: 'a'.repeat(64) }],
    reservations: [],
    odometerKm: 183_204,
    fuelPercent: 80,
    seal: { number: 'S0001', intact: true },
  });
});

it('says nothing of what was left out', () => {
  const body = completionBody({ ...draft, sealNumber: '' }, { ...more, recordedSeal: undefined });
  expect(Object.keys(body)).toEqual(['signatures', 'items', 'photos', 'reservations', 'odometerKm']);
});

it('names an override for a seal that needs one alone', () => {
  const overrides = [{ rule: 'seal', reason: 'customs_resealed' }];
  const approved = { ...more, sealReason: 'customs_resealed' };
  expect(completionBody({ ...draft, sealNumber: 'S0002' }, approved)).toMatchObject({ overrides });
  expect(completionBody(draft, approved)).not.toHaveProperty('overrides');
});

it('is entered again from a request as it was, but for the signatures', () => {
  const before = { ...draft, items: ['keys', 'pass'], odometer: '183204', fuel: '80', isIntact: false };
  const again = draftOf(completionBody(before, { ...more, sealReason: 'emergency' }));
  expect(again).toEqual({ ...before, sealNumber: 'S0001', at: 'items', reached: 'witness', signed: {} });
});
