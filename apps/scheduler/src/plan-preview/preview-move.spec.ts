import { pictureAfter } from '../../../../test/support/area-picture.js';
import { AreaStory, hour, minute } from '../../../../test/support/area-story.js';
import { previewMove } from './preview-move.js';

/** JX has given one truck a driver; four are announced for JD, one of them tomorrow. */
function announcedAtJd(): AreaStory {
  const told = new AreaStory().network().onShift('R1').waits('G0', { station: 'JX' }).assigns('G0', 'R1');
  told
    .announces('G1', told.now + 20 * minute, { carrier: 'C1' })
    .announces('G2', told.now + 40 * minute, { carrier: 'C2' });
  return told
    .announces('G3', told.now + hour, { carrier: 'C1', flow: 'out_of_zone' })
    .announces('G4', told.now + 30 * hour, { carrier: 'C1' });
}

const move = { stationCode: 'JD', toStationCode: 'JX' };
const platesOf = (told: AreaStory, selection: object = {}): string[] =>
  previewMove(pictureAfter(told), { ...move, ...selection }, told.now).trucks.map(({ plate }) => plate);

it('lists whom it would move within the next day, and what waiting is to be expected at both stations', () => {
  const told = announcedAtJd();
  expect(previewMove(pictureAfter(told), move, told.now)).toMatchObject({
    areaCode: 'jinhua',
    isCut: false,
    carriers: 2,
    trucks: [{ plate: 'G1', carrierId: 'C1' }, { plate: 'G2' }, { plate: 'G3' }],
    from: { stationCode: 'JD', announced: 3, busiestHour: 0 },
    // One an hour, and the last one a moment ago: checked after 10 minutes, they go at 60, 120 and 180.
    to: {
      stationCode: 'JX',
      announced: 0,
      before: { trucks: 0 },
      after: { trucks: 3, held: 3, longestWaitSeconds: 110 * 60 },
    },
  });
});

it('refuses a move to the same station, as the move itself does', () => {
  const told = announcedAtJd();
  expect(() => previewMove(pictureAfter(told), { ...move, toStationCode: 'JD' }, told.now)).toThrow(
    expect.objectContaining({ code: 'ARRIVALS.SAME_STATION' }),
  );
});

it('or those of one way, one carrier, a window of time', () => {
  const told = announcedAtJd();
  expect(platesOf(told, { flow: 'into_zone' })).toEqual(['G1', 'G2']);
  expect(platesOf(told, { carrierId: 'C1' })).toEqual(['G1', 'G3']);
  expect(platesOf(told, { from: told.now + 30 * minute, until: told.now + hour })).toEqual(['G2']);
  expect(platesOf(told, { enterpriseId: 'E1' })).toEqual([]);
});

it('leaves out none that is late, nor one of a plate that is announced twice: whoever is not told comes to the former station', () => {
  const told = announcedAtJd().announces('G5', new AreaStory().network().now - 3 * hour, { carrier: 'C3' });
  expect(platesOf(told)).toEqual(['G5', 'G1', 'G2', 'G3']);
});

it('follows those that were moved, and those that came to the former station all the same', () => {
  const told = announcedAtJd();
  const moved = {
    areaCode: 'jinhua',
    stationCode: 'JX',
    fromStationCode: 'JD',
    reason: 'crowded',
    byId: 'command_centre:zhang',
  };
  for (const plate of ['G1', 'G2']) {
    const visitId = told.visitOf(plate);
    told.tell('visit.moved', `visit/${visitId}`, { visitId, ...moved });
  }
  expect(platesOf(told)).toEqual(['G3']);
  expect(platesOf(told, { stationCode: 'JX', toStationCode: 'JD' })).toEqual(['G1', 'G2']);
  const picture = pictureAfter(told.arrives('G1', { carrier: 'C1' }));
  const visitId = told.visitOf('G1');
  const arrived = picture.visits.get(visitId);
  expect(arrived).toMatchObject({ stationCode: 'JD' });
  // Where that arrival did not occur, the truck is still to come to the station that it was moved to.
  const data = {
    retractedEventId: arrived?.arrivedBy.eventId ?? '',
    reason: 'did_not_occur' as const,
    byId: 'operator:lin',
  };
  const after = pictureAfter(told.tell('record.retracted', `visit/${visitId}`, data));
  expect(after.visits.has(visitId)).toBe(false);
  expect(after.announced.get(visitId)).toMatchObject({ stationCode: 'JX' });
});

it('counts on no driver at a station that gives none', () => {
  const told = new AreaStory().network().onShift('R1').waits('G0').assigns('G0', 'R1').waits('G1');
  told.announces('G2', told.now + 20 * minute).stationBecomes('JD', 'suspended');
  expect(previewMove(pictureAfter(told), move, told.now).from).toMatchObject({
    busiestHour: 1,
    before: { trucks: 2, held: 2, never: 2 },
    after: { trucks: 1, held: 1, never: 1 },
  });
});
