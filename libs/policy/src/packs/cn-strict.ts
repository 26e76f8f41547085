import type { PolicyPack } from '../policy-rules.js';
import { cnFreight } from './cn-freight.js';

/**
 * Trucks in China under the hours rules of passenger drivers, as many platforms apply them: in force for those, chosen
 * for trucks.
 */
export const cnStrict: PolicyPack = {
  id: 'cn-strict',
  version: '2026-11',
  title: { zh: '中国道路货运（从严，参照客运驾驶人）', en: 'Road freight in China, hours as for passenger drivers' },
  status: 'in_force',
  source: `${cnFreight.source}；《国务院关于加强道路交通安全工作的意见》（国发〔2012〕30号，对客运驾驶人）`,
  rules: {
    ...cnFreight.rules,
    hours: [
      { rule: 'continuous_driving', maxSeconds: 14_400, restSeconds: 1_200 },
      { rule: 'continuous_night_driving', maxSeconds: 7_200, from: '22:00', to: '06:00', restSeconds: 1_200 },
      { rule: 'driving_in_window', maxSeconds: 28_800, windowSeconds: 86_400 },
      { rule: 'no_driving_between', from: '02:00', to: '05:00' },
    ],
  },
};
