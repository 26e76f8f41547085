import type { PolicyPack } from '../policy-rules.js';

/** Trucks in China, as the law stands: the default. */
export const cnFreight: PolicyPack = {
  id: 'cn-freight',
  version: '2026-11',
  title: { zh: '中国道路货运', en: 'Road freight in China' },
  status: 'in_force',
  source:
    '《中华人民共和国道路交通安全法实施条例》第六十二条第（七）项；《机动车驾驶证申领和使用规定》；《道路货物运输及站场管理规定》',
  rules: {
    utcOffsetMinutes: 480,
    hours: [{ rule: 'continuous_driving', maxSeconds: 14_400, restSeconds: 1_200 }],
    licenceCovers: {
      A1: ['A1', 'B1', 'B2', 'C1'],
      A2: ['A2', 'B1', 'B2', 'C1'],
      B1: ['B1', 'C1'],
      B2: ['B2', 'C1'],
      C1: ['C1'],
    },
    credentials: [{ credential: 'professional_qualification', when: 'licence_above_C1' }],
    checks: { into_zone: ['person', 'vehicle', 'pass', 'seal'], out_of_zone: ['person', 'vehicle', 'seal'] },
    timers: { acceptWithinSeconds: 300, overdueGraceSeconds: 1_800, strandedAfterSeconds: 14_400 },
    travel: { detourFactor: 1.3, metresPerSecond: 11.1, maxSeconds: 3_600 },
    maxPlannedStartDelaySeconds: 1_800,
    overridable: ['hours', 'credentials', 'shift', 'travel', 'seal'],
    secondPerson: ['seal', 'credentials'],
  },
};
