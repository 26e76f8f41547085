import { createHash } from 'node:crypto';
import { upcastWith } from '@yizhan/contracts';
import { decodeEvent } from '@yizhan/event-log';
import { verifyExport } from '../../apps/yizhan/src/verify/verify.js';
import { pictureOf } from '../support/area-picture.js';
import { recordedEvents, recordedLines } from '../support/recorded-log.js';
import { faultsIn } from '../support/verified.js';

async function* linesOf(lines: readonly string[]) {
  yield* lines;
}

/** What the scheduler makes of the log up to a position. */
function summaryAt(position: number): string {
  const picture = pictureOf(recordedEvents().slice(0, position));
  const drivers = [...picture.drivers.values()];
  const figures = {
    drivers: drivers.length,
    'on shift': drivers.filter(({ shift }) => shift !== undefined).length,
    driving: drivers.filter(({ activity }) => activity.driving.some(({ to }) => to === null)).length,
    drives: drivers.reduce((sum, { activity }) => sum + activity.driving.length, 0),
    holders: picture.holders.size,
    visits: picture.visits.size,
    held: [...picture.visits.values()].filter(({ held }) => held).length,
    handoffs: picture.handoffs.size,
    waiting: picture.waiting.size,
    offers: [...picture.handoffs.values()].filter(({ offer }) => offer !== undefined).length,
    runs: picture.runs.size,
  };
  const told = Object.entries(figures).map(([name, count]) => `${count} ${name}`);
  return `after ${picture.position}: ${told.join(', ')}`;
}

describe('the log that version 1 recorded', () => {
  it('is as it was recorded', () => {
    const digest = createHash('sha256').update(recordedLines.join('\n')).digest('hex');
    expect([recordedLines.length, digest]).toEqual([
      685,
      '1b7c1d82888d9b9337991321b85b06d647c750ec1406ab9448ad4104a3cfebc1',
    ]);
  });

  it('is still read, event by event, and holds what the schemas of version 1 let a writer write', () => {
    expect(recordedEvents().map(({ position }) => Number(position))).toEqual(
      recordedLines.map((_, index) => index + 1),
    );
    expect(faultsIn(recordedLines)).toEqual([]);
  });

  it('still keeps every rule', async () => {
    const { ok, events, unknownTypes } = await verifyExport(linesOf(recordedLines));
    expect({ ok, events, unknownTypes }).toEqual({ ok: true, events: 685, unknownTypes: {} });
  });

  it('still gives the scheduler the same picture', () => {
    expect([67, 145, 400, 685].map(summaryAt)).toEqual([
      'after 67: 20 drivers, 6 on shift, 0 driving, 0 drives, 8 holders, 8 visits, 0 held, 1 handoffs, 1 waiting, 1 offers, 0 runs',
      'after 145: 22 drivers, 6 on shift, 0 driving, 0 drives, 16 holders, 16 visits, 1 held, 15 handoffs, 9 waiting, 0 offers, 0 runs',
      'after 400: 23 drivers, 6 on shift, 4 driving, 9 drives, 11 holders, 7 visits, 0 held, 7 handoffs, 5 waiting, 0 offers, 4 runs',
      'after 684: 24 drivers, 6 on shift, 0 driving, 15 drives, 1 holders, 1 visits, 0 held, 1 handoffs, 0 waiting, 0 offers, 0 runs',
    ]);
  });

  it('is read by a program that knows a second version as if that had been written', () => {
    const toNewest = upcastWith([{ name: 'visit.queued', from: 1, data: ({ data }) => ({ ...data, lane: 1 }) }]);
    const decoded = recordedLines.map((line) => decodeEvent(line, toNewest));
    const types = decoded.map((each) => ('event' in each ? (each.event.type as string) : each.reason));
    const written = recordedEvents().map(({ type }) => type);
    expect(types).toEqual(written.map((type) => (type === 'yizhan.visit.queued.v1' ? 'yizhan.visit.queued.v2' : type)));
    expect(new Set(types).has('yizhan.visit.queued.v2')).toBe(true);
  });

  it('is set aside with the reason where an upcaster cannot take it', () => {
    const toNewest = upcastWith([
      {
        name: 'visit.queued',
        from: 1,
        data: ({ subject }) => {
          throw new Error(`${subject} has no lane`);
        },
      },
    ]);
    const reasons = recordedLines.flatMap((line) => {
      const decoded = decodeEvent(line, toNewest);
      return 'reason' in decoded ? [decoded.reason] : [];
    });
    expect(reasons).toHaveLength(recordedEvents().filter(({ type }) => type === 'yizhan.visit.queued.v1').length);
    expect(reasons[0]).toMatch(/^yizhan\.visit\.queued\.v1 has no version 2: visit\/[0-9a-f-]{36} has no lane$/);
  });
});
