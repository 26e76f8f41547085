import { Child, type ChildSettings } from '../ground/child.js';
import type { ConsumingProcessSettings } from './consuming-process.js';
import type { ServiceUnderTest, Usage } from './worker.js';

/** A small service whose effect is one row for each event, in a transaction. */
export function consumingService(settings: ConsumingProcessSettings, child: ChildSettings): ServiceUnderTest {
  return {
    group: settings.group,
    start: async () => {
      const process = await Child.start(new URL('./consuming-process.js', import.meta.url), child);
      await process.ask('start', settings);
      return {
        usage: () => process.ask<Usage>('usage'),
        stop: async () => {
          await process.ask('stop');
          await process.stop();
        },
      };
    },
  };
}
