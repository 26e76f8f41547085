import { printVerifyReport } from '../../apps/yizhan/src/verify/print-verify-report.js';
import { history } from './history.js';
import { reportOn } from './verdict.js';

describe('the printed report', () => {
  it('says in English that every rule holds', async () => {
    const printed = printVerifyReport(await reportOn(history().goIn('G1', 'O1', 'R1')));
    expect(printed).toContain('every rule holds');
    expect(printed).toContain('A truck has at most one open visit');
  });

  it('shows the first violation with its place', async () => {
    const report = await reportOn(history().arrive('G1', 'O1').arrive('G1', 'O1'));
    const printed = printVerifyReport(report);
    expect(printed).toContain('1 violations.');
    expect(printed).toContain(`position ${report.events}, visit/V-G1-2`);
    expect(printed.replaceAll(/[\s│]+/g, ' ')).toContain('is still open');
  });

  it('speaks Chinese', async () => {
    const printed = printVerifyReport(await reportOn(history().event('weather.observed', 'station/JD', {})), 'zh');
    expect(printed).toContain('全部规则成立');
    expect(printed).toContain('首次违反');
    expect(printed).toContain('yizhan.weather.observed.v1 (1)');
  });
});
