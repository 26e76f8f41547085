import { byUrgency } from './by-urgency.js';

it('puts first what nobody is at, then what is critical, then what is old', () => {
  const alerts = [
    { id: 'taken', level: 'critical', acknowledgedBy: 'x', raisedAt: '1' },
    { id: 'new', level: 'critical', raisedAt: '3' },
    { id: 'warn', level: 'warn', raisedAt: '0' },
    { id: 'old', level: 'critical', raisedAt: '2' },
  ];
  expect(byUrgency(alerts).map(({ id }) => id)).toEqual(['old', 'new', 'warn', 'taken']);
});
