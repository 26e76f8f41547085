import { toIso } from '@yizhan/kernel';
import { pictureAfter } from '../../../../test/support/area-picture.js';
import { AreaStory, minute, monday, uuidOf } from '../../../../test/support/area-story.js';

const story = (): AreaStory => new AreaStory().network();

describe('a visit', () => {
  it('goes on as it was corrected, and is no second arrival', () => {
    const told = story().outsider('O1').waits('G1', { by: 'O1' });
    const place = told.told.findIndex(({ name }) => name === 'visit.arrived') + 1;
    const { data } = told.told[place - 1];
    const replacedBy = uuidOf(`event ${told.told.length + 2}`);
    const subject = `visit/${told.visitOf('G1')}`;
    const retract = { retractedEventId: uuidOf(`event ${place}`), reason: 'incorrect_data' as const, replacedBy };
    told.tell('record.retracted', subject, retract).tell('visit.arrived', subject, { ...data, priority: 7 } as never);
    const picture = pictureAfter(told);
    expect(picture.visits.get(told.visitOf('G1'))).toMatchObject({ priority: 7 });
    expect(picture.waiting.size).toBe(1);
    expect([...picture.waiting.values()][0].visit.priority).toBe(7);
    expect(picture.replacements.size).toBe(0);
  });

  it('is not waited for where what was corrected is of no interest here', () => {
    const told = story().outsider('O1').waits('G1', { by: 'O1' });
    const subject = `visit/${told.visitOf('G1')}`;
    told.tell('record.retracted', subject, {
      retractedEventId: uuidOf('an announcement'),
      reason: 'incorrect_data',
      replacedBy: uuidOf('another announcement'),
    });
    expect(pictureAfter(told).replacements.size).toBe(1);
    told.tell('cargo.held', subject, {
      visitId: told.visitOf('G1'),
      areaCode: 'a',
      stationCode: 's',
      reasons: ['papers'],
    });
    const picture = pictureAfter(told);
    expect(picture.replacements.size).toBe(0);
    expect(picture.visits.get(told.visitOf('G1'))).toMatchObject({ held: true });
  });

  it('is held, or not, as the last word says that was not retracted', () => {
    const told = story().outsider('O1').waits('G1', { by: 'O1' });
    const visitId = told.visitOf('G1');
    const held = () => pictureAfter(told).visits.get(visitId)?.held;
    told.tell('cargo.held', `visit/${visitId}`, { visitId, areaCode: 'a', stationCode: 's', reasons: ['papers'] });
    expect(held()).toBe(true);
    const retract = { retractedEventId: uuidOf(`event ${told.told.length}`), reason: 'did_not_occur' as const };
    told.tell('record.retracted', `visit/${visitId}`, retract);
    expect(held()).toBe(false);
  });
});

test('a rest, a shift and a credential that did not occur leave the driver as he was', () => {
  const told = story().enrols('R1');
  const before = pictureAfter(told).drivers.get('R1');
  const subject = 'driver/R1';
  const data = { driverId: 'R1' };
  told.tell('driver.rest_recorded', subject, { ...data, startedAt: toIso(monday), endedAt: toIso(monday + minute) });
  told.tell('driver.shift_started', subject, { ...data, stationCode: 'JD', endsAt: toIso(monday + 60 * minute) });
  told.tell('driver.credential_granted', subject, {
    ...data,
    credential: 'health_certificate',
    issuer: '330700',
    validFrom: toIso(monday),
    validUntil: toIso(monday + 60 * minute),
  });
  const last = told.told.length;
  for (const place of [last, last - 1, last - 2]) {
    const retract = { retractedEventId: uuidOf(`event ${place}`), reason: 'did_not_occur' as const };
    told.tell('record.retracted', subject, retract);
  }
  const { shift, credentials, activity } = pictureAfter(told).drivers.get('R1')!;
  expect({ shift, credentials, activity }).toEqual({
    shift: before?.shift,
    credentials: before?.credentials,
    activity: before?.activity,
  });
});
