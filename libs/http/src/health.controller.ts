import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '@yizhan/identity';
import type { FastifyReply } from 'fastify';
import type { HealthCheck, HealthVerdict } from './health-checks.js';

export const HEALTH_CHECKS = Symbol('health checks');

export interface HealthChecks {
  /** Wrong: restart the process. */
  readonly live: readonly HealthCheck[];
  /** Wrong: send no requests for now. */
  readonly ready: readonly HealthCheck[];
}

export class HealthReport {
  @ApiProperty({ enum: ['ok', 'failing'] })
  readonly status: 'ok' | 'failing';

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'object', properties: { ok: { type: 'boolean' }, detail: { type: 'string' } } },
  })
  readonly checks: Readonly<Record<string, HealthVerdict>>;
}

const longestCheck = 2_000;

/** Whether the process lives, and whether it can be asked. */
@ApiTags('health')
@Controller('health')
@Public()
export class HealthController {
  constructor(@Inject(HEALTH_CHECKS) private readonly checks: HealthChecks) {}

  @Get('live')
  @ApiOperation({ summary: 'Whether the process works: restart it where it does not' })
  @ApiOkResponse({ type: HealthReport })
  @ApiServiceUnavailableResponse({ type: HealthReport })
  live(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    return report(this.checks.live, reply);
  }

  @Get('ready')
  @ApiOperation({ summary: 'Whether it can be asked: send no requests where it cannot' })
  @ApiOkResponse({ type: HealthReport })
  @ApiServiceUnavailableResponse({ type: HealthReport })
  ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthReport> {
    return report(this.checks.ready, reply);
  }
}

async function report(checks: readonly HealthCheck[], reply: FastifyReply): Promise<HealthReport> {
  const verdicts = await Promise.all(checks.map(async (each) => [each.name, await verdictOf(each)] as const));
  const ok = verdicts.every(([, verdict]) => verdict.ok);
  if (!ok) void reply.status(503).header('retry-after', '2');
  return { status: ok ? 'ok' : 'failing', checks: Object.fromEntries(verdicts) };
}

async function verdictOf({ check }: HealthCheck): Promise<HealthVerdict> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<HealthVerdict>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, detail: `no answer within ${longestCheck} ms` }), longestCheck);
  });
  try {
    return await Promise.race([check(), tooLong]);
  } catch {
    return { ok: false, detail: 'failed' };
  } finally {
    clearTimeout(timer);
  }
}
