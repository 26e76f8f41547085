import { routes, serviceOf } from './routes.js';

it.each([
  ['/api/v1/handoffs/8f2c/why-not', 'scheduler'],
  ['/api/v1/areas/jinhua/loan-preview', 'scheduler'],
  ['/api/v1/stations/JD/move-preview', 'scheduler'],
  ['/api/v1/stations/JD/arrival-moves', 'station'],
  ['/api/v1/areas/jinhua/throttle-preview', 'scheduler'],
  ['/api/v1/areas/jinhua', 'station'],
  ['/api/v1/stations/JD/state-preview', 'scheduler'],
  ['/api/v1/handoffs/0190/withdrawal-preview', 'scheduler'],
  ['/api/v1/handoffs/8f2c', 'station'],
  ['/api/v1/handoffs/8f2c/completion', 'station'],
  ['/api/v1/events', 'dispatch'],
  ['/api/v1/events/stream', 'dispatch'],
  ['/api/v1/eventsource', 'station'],
  ['/api/v1/command-centre/areas/yiwu/board', 'command-centre'],
  ['/api/v1/throughput', 'command-centre'],
  ['/api/v1/consumers/station/parked', 'station'],
  ['/api/v1/consumers/scheduler/parked', 'scheduler'],
  ['/api/v1/consumers/command-centre/parked', 'command-centre'],
  ['/api/docs', 'station'],
  ['/api/asyncapi.json', 'station'],
  ['/', 'dispatch'],
  ['/station/jindong', 'dispatch'],
  ['/assets/index-x1.js', 'dispatch'],
  ['/apiary', 'dispatch'],
])('%s is answered by %s', (path, service) => expect(serviceOf(path)).toBe(service));

it.each(['/metrics', '/health/live', '/health', 'http://elsewhere/api/v1/events', ''])('%s leads nowhere', (path) =>
  expect(serviceOf(path)).toBeUndefined(),
);

it('has no route that an earlier one hides', () => {
  const hidden = routes.filter(({ path, service }) => serviceOf(path.replaceAll('*', 'any')) !== service);
  expect(hidden).toEqual([]);
});
