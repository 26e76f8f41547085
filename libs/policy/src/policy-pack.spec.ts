import { PolicyError } from './policy-error.js';
import { policyPack, policyPackIds } from './policy-pack.js';
import { readPolicyPack, readPolicyRules } from './read-policy-pack.js';

/** The pack as JSON, with the field at `path` changed; `undefined` takes it out. */
function changed(path: string, value: unknown): unknown {
  const pack: unknown = JSON.parse(JSON.stringify(policyPack('cn-strict')));
  const keys = path.match(/[^.[\]]+/g) ?? [];
  let holder = pack as Record<string, unknown>;
  for (const key of keys.slice(0, -1)) holder = holder[key] as Record<string, unknown>;
  const last = keys.at(-1) ?? '';
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return pack;
}

function errorOf(act: () => unknown): PolicyError {
  try {
    act();
  } catch (error) {
    if (error instanceof PolicyError) return error;
    throw error;
  }
  throw new Error('It was read.');
}

describe('policyPack', () => {
  it('has the packs of this version, the default first', () => {
    expect(policyPackIds).toEqual(['cn-freight', 'cn-strict', 'cn-closure-2022']);
    expect(policyPackIds.map((id) => policyPack(id).id)).toEqual(policyPackIds);
  });

  it('holds what the law says', () => {
    expect(policyPack('cn-freight').rules.hours).toEqual([
      { rule: 'continuous_driving', maxSeconds: 14_400, restSeconds: 1_200 },
    ]);
    expect(policyPack('cn-strict').rules.hours.map(({ rule }) => rule)).toEqual([
      'continuous_driving',
      'continuous_night_driving',
      'driving_in_window',
      'no_driving_between',
    ]);
  });

  it('says which packs there are when asked for another', () => {
    const error = errorOf(() => policyPack('eu-561'));
    expect(error.code).toBe('POLICY.UNKNOWN_PACK');
    expect(error.message).toBe('There is no policy pack "eu-561"; there are cn-freight, cn-strict, cn-closure-2022.');
  });

  it('cannot be changed', () => {
    const pack = policyPack('cn-freight') as unknown as { rules: { hours: { maxSeconds: number }[] } };
    expect(() => (pack.rules.hours[0].maxSeconds = 1)).toThrow(TypeError);
    expect(() => pack.rules.hours.pop()).toThrow(TypeError);
  });
});

describe('readPolicyPack', () => {
  it('reads back what a pack is as JSON', () => {
    for (const id of policyPackIds)
      expect(readPolicyPack(JSON.parse(JSON.stringify(policyPack(id))))).toEqual(policyPack(id));
  });

  it('leaves out what it does not know, so that added fields do no harm', () => {
    expect(readPolicyPack(changed('rules.breakfastAt', '07:00'))).toEqual(policyPack('cn-strict'));
  });

  it.each([
    ['id', '', 'id must be a text that is not empty, not "".'],
    ['title.zh', undefined, 'title.zh must be a text that is not empty, not absent.'],
    ['status', 'repealed', 'status must be one of in_force, historical, benchmark, not "repealed".'],
    ['rules', [], 'rules must be an object, not [].'],
    ['rules.utcOffsetMinutes', 900, 'rules.utcOffsetMinutes must be a whole number from -840 to 840, not 900.'],
    ['rules.hours', 'none', 'rules.hours must be a list, not "none".'],
    ['rules.hours[0]', null, 'rules.hours[0] must be an object, not null.'],
    ['rules.hours[0].maxSeconds', 0, 'rules.hours[0].maxSeconds must be a whole number above 0, not 0.'],
    ['rules.hours[1].from', '24:00', 'rules.hours[1].from must be a time of day from 00:00 to 23:59, not "24:00".'],
    ['rules.hours[2].windowSeconds', '1 d', 'rules.hours[2].windowSeconds must be a whole number above 0, not "1 d".'],
    ['rules.hours[3].to', '02:00', 'rules.hours[3].to must be another time of day than from, not "02:00".'],
    ['rules.licenceCovers.A2[1]', 7, 'rules.licenceCovers.A2[1] must be a text that is not empty, not 7.'],
    [
      'rules.credentials[0].when',
      'sometimes',
      'rules.credentials[0].when must be one of licence_above_C1, always, not "sometimes".',
    ],
    ['rules.checks.into_zone', undefined, 'rules.checks.into_zone must be a list, not absent.'],
    [
      'rules.timers.acceptWithinSeconds',
      1.5,
      'rules.timers.acceptWithinSeconds must be a whole number above 0, not 1.5.',
    ],
    ['rules.travel.detourFactor', 0.9, 'rules.travel.detourFactor must be a number from 1, not 0.9.'],
    [
      'rules.maxPlannedStartDelaySeconds',
      -1,
      'rules.maxPlannedStartDelaySeconds must be a whole number from 0, not -1.',
    ],
    ['rules.exceptions', [], 'rules.exceptions must be an object, not [].'],
    [
      'rules.weights',
      { emptyTravelMinuteSeconds: 0, drivenMinuteSeconds: 1, spareLicenceSeconds: 1.5, unansweredSeconds: 0 },
      'rules.weights.spareLicenceSeconds must be a whole number from 0, not 1.5.',
    ],
    ['rules.exceptions', { no_show: {} }, 'rules.exceptions.no_show.steps must be a list, not absent.'],
    [
      'rules.exceptions',
      { no_show: { steps: [{ role: 'carrier', withinSeconds: 60 }] } },
      'rules.exceptions.no_show.steps[0].role must be one of operator, shift_lead, command_centre, not "carrier".',
    ],
  ])('names the field %s', (field, value, message) => {
    const error = errorOf(() => readPolicyPack(changed(field, value)));
    expect([error.code, error.message]).toEqual(['POLICY.INVALID_FIELD', message]);
    expect([error.field, message.split(' ', 1)[0]].map((named) => named?.startsWith(field))).toEqual([true, true]);
  });

  it('refuses an hours rule that it does not understand', () => {
    expect(errorOf(() => readPolicyPack(changed('rules.hours[0].rule', 'split_break'))).message).toMatch(
      /^rules\.hours\[0\]\.rule must be one of continuous_driving, .*, not "split_break"\.$/,
    );
  });

  it('refuses steps of an exception that do not rise', () => {
    const step = { role: 'shift_lead', withinSeconds: 60 };
    const error = errorOf(() => readPolicyPack(changed('rules.exceptions', { no_show: { steps: [step, step] } })));
    expect(error.message).toMatch(/^rules\.exceptions\.no_show\.steps must be steps in the order operator, /);
  });

  it('refuses two hours rules of one kind', () => {
    const twice = [policyPack('cn-freight').rules.hours[0], policyPack('cn-freight').rules.hours[0]];
    expect(errorOf(() => readPolicyPack(changed('rules.hours', twice))).field).toBe('rules.hours[1].rule');
  });

  it.each(['side', 'licence', 'custody'])('never lets %s be overridden', (rule) => {
    expect(errorOf(() => readPolicyPack(changed('rules.overridable[0]', rule))).field).toBe('rules.overridable[0]');
  });

  it('refuses what is no pack at all', () => {
    expect(errorOf(() => readPolicyPack('cn-freight')).message).toBe('The pack must be an object, not "cn-freight".');
    expect(errorOf(() => readPolicyRules(undefined)).message).toBe('rules must be an object, not absent.');
  });
});
