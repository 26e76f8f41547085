import { isWithin } from '../places.js';
import { type Rule, eachImport } from '../rule.js';

export const onlyEventLogImportsKafkajs: Rule = {
  id: 'only-event-log-imports-kafkajs',
  name: 'Only libs/event-log imports kafkajs',
  instead: 'publish and consume through @yizhan/event-log, which hides the transport',
  check: eachImport(
    (importer, { specifier }) => /^kafkajs(\/|$)/.test(specifier) && !isWithin('libs/event-log', importer),
  ),
};
