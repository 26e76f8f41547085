import { type KeptPhoto, nextPhoto } from './photo.js';

const photo = (plate: string, more: Partial<KeptPhoto> = {}): KeptPhoto => ({
  id: `visit of ${plate}`,
  visitId: `visit of ${plate}`,
  plate,
  sha256: 'a'.repeat(64),
  requestId: 'key',
  account: 'operator:lin',
  state: 'waiting',
  ...more,
});

const next = (photos: readonly KeptPhoto[], ...plates: readonly string[]) =>
  nextPhoto(photos, 'operator:lin', new Set(plates))?.plate;

it('is the first one that waits', () => expect(next([photo('A'), photo('B')])).toBe('A'));

it('is none of a truck of which a step waits: the visit may not be there yet', () =>
  expect(next([photo('A'), photo('B')], 'A')).toBe('B'));

it('is none of somebody else, and none that was refused', () =>
  expect(next([photo('A', { account: 'operator:wang' }), photo('B', { state: 'refused' })])).toBeUndefined());
