import type { ProgramDescription } from './arguments.js';
import { runProgram } from './run-program.js';
import type { ServiceDefinition } from './service-definition.js';
import { ServiceProcess } from './service-process.js';

/** Runs one service in this process until it is told to stop; everything else the environment says. */
export function runService(definition: ServiceDefinition, summary: string): Promise<never> {
  return runProgram({
    name: definition.name,
    summary,
    isSteppable: true,
    example: exampleOf(definition),
    place: definition.place,
    start: (context) => ServiceProcess.start(definition, context),
  });
}

const exampleOf = ({ place: { role } }: ServiceDefinition): ProgramDescription['example'] => ({
  YIZHAN_DATABASE_URL: `postgres://${role}@db:5432/yizhan`,
  YIZHAN_DATABASE_PASSWORD_FILE: `/run/secrets/${role}`,
  YIZHAN_TOKEN_KEYS_FILE: '/run/secrets/token-keys.json',
  YIZHAN_HTTP_HOST: '0.0.0.0',
  KAFKA_BROKERS: 'kafka-1:9092,kafka-2:9092,kafka-3:9092',
});
