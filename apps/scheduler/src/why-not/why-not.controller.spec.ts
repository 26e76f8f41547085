import { Caller, type Role, rolesOf } from '@yizhan/identity';
import { Reflector } from '@nestjs/core';
import type { RankCandidates } from '../candidates/rank-candidates.js';
import type { ExplainDecision, ExplainedDecision } from './explain-decision.js';
import { WhyNotController } from './why-not.controller.js';

const explained = { handoffId: 'h', areaCode: 'jinhua', stationCode: 'JD', kind: 'withheld' } as ExplainedDecision;
const wait = { kind: 'wait', driverId: 'R1', until: Date.UTC(2026, 10, 23) };
const controller = new WhyNotController(
  { execute: () => Promise.resolve(explained) } as unknown as ExplainDecision,
  { changesFor: () => [wait] } as unknown as RankCandidates,
);

const caller = (role: Role, where: { stations?: string[]; areas?: string[] } = {}): Caller =>
  new Caller({ sub: `${role}:x`, role, ...where });

describe('asking why not', () => {
  it('is for those who run stations and areas', () => {
    const route = { getHandler: () => controller.whyNot, getClass: () => WhyNotController };
    expect(rolesOf(new Reflector(), route as never)).toEqual([
      'operator',
      'shift_lead',
      'command_centre',
      'administrator',
    ]);
  });

  it.each([
    caller('operator', { stations: ['JD'] }),
    caller('shift_lead', { stations: ['PJ', 'JD'] }),
    caller('command_centre', { areas: ['jinhua'] }),
    caller('administrator'),
  ])('is answered where one is responsible', async (who) => {
    expect(await controller.whyNot('h', who)).toEqual({
      handoffId: 'h',
      stationCode: 'JD',
      kind: 'withheld',
      changes: [{ kind: 'wait', driverId: 'R1', until: '2026-11-23T00:00:00.000Z' }],
    });
  });

  it.each([caller('operator', { stations: ['PJ'] }), caller('command_centre', { areas: ['ningbo'] })])(
    'is refused where one is not',
    async (who) => {
      await expect(controller.whyNot('h', who)).rejects.toMatchObject({ kind: 'forbidden' });
    },
  );
});
