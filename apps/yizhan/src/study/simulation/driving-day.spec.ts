import { policyPack } from '@yizhan/policy';
import { hour, minute } from '../../replay/passages/local-time.js';
import { DrivingDay } from './driving-day.js';

const at = (clock: string): number => Date.parse(`2026-03-04T${clock}:00.000+08:00`);

describe('a relay driver on a trip that takes longer than planned', () => {
  it('rests 20 minutes before he would have driven more than four hours', () => {
    const driving = new DrivingDay(policyPack('cn-freight').rules);
    expect(driving.drive(at('08:00'), 3 * hour)).toEqual([]);
    expect(driving.drive(at('11:10'), 2 * hour)).toEqual([{ from: at('12:10'), to: at('12:30') }]);
  });

  it('has rested where he did not drive for as long', () => {
    const driving = new DrivingDay(policyPack('cn-freight').rules);
    driving.drive(at('08:00'), 4 * hour);
    expect(driving.drive(at('12:20'), 4 * hour)).toEqual([]);
    expect(driving.drive(at('16:39'), minute)).toEqual([{ from: at('16:39'), to: at('16:40') }]);
  });

  it('stands still in the small hours, and rests after two hours of the night, under the strict rules', () => {
    const driving = new DrivingDay(policyPack('cn-strict').rules);
    expect(driving.drive(at('21:00'), 4 * hour)).toEqual([
      { from: at('21:00') + 3 * hour, to: at('21:00') + 3 * hour + 20 * minute },
    ]);
    const other = new DrivingDay(policyPack('cn-strict').rules);
    expect(other.drive(at('01:00'), 2 * hour)).toEqual([{ from: at('02:00'), to: at('05:00') }]);
  });
});
