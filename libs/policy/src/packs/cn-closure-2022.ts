import type { PolicyPack } from '../policy-rules.js';
import { cnFreight } from './cn-freight.js';

/**
 * A sample of the rules of closures in China until 9 December 2022, repealed since. Of the health certificate it says that it
 * must be valid, not how old it may be: who grants one says until when it is.
 */
export const cnClosure2022: PolicyPack = {
  id: 'cn-closure-2022',
  version: '2026-11',
  title: { zh: '封控时期货运（2022 年样例，已废止）', en: 'Freight under closure (sample of 2022, repealed)' },
  status: 'historical',
  source:
    '国务院联防联控机制综合组《关于切实做好货运物流保通保畅工作的通知》（国办发明电〔2022〕3号），2022年12月9日废止',
  rules: {
    ...cnFreight.rules,
    credentials: [...cnFreight.rules.credentials, { credential: 'health_certificate', when: 'always' }],
    checks: {
      into_zone: ['person', 'vehicle', 'pass', 'route', 'seal', 'credential', 'disinfection'],
      out_of_zone: ['person', 'vehicle', 'seal', 'disinfection'],
    },
    pass: 'required',
    exceptions: {
      no_driver: {
        opensAfterSeconds: 900,
        steps: [
          { role: 'operator', withinSeconds: 600 },
          { role: 'shift_lead', withinSeconds: 900 },
          { role: 'command_centre', withinSeconds: 1_800 },
        ],
      },
    },
  },
};
