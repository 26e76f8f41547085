import { Controller, Get, Headers, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '@yizhan/identity';
import { Clock, toIso } from '@yizhan/kernel';
import type { Demonstration } from '@yizhan/service-process';
import { given } from '../cases/given.js';
import { Installation } from '../sessions/installation.js';
import { DemonstrationResponse } from './demonstration.dto.js';

/** What this process alone knows of itself. */
export interface ThisProcess {
  readonly playing: Demonstration | undefined;
  /** Where phones open it now. */
  readonly phonesAt: () => string | undefined;
}

export const THIS_PROCESS = Symbol('what is played here, and where phones open it');

/** Asked before anybody has signed in: the sign-in of a demonstration is one tap. */
@ApiTags('demonstration')
@Controller('api/v1/demonstration')
@Public()
export class DemonstrationController {
  constructor(
    @Inject(THIS_PROCESS) private readonly process: ThisProcess,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'Demonstration.read',
    summary:
      'Which installation this is and what time it is there; for a demonstration, how fast its clock runs and the accounts to look at it with',
  })
  @ApiOkResponse({ type: DemonstrationResponse })
  async read(@Headers() headers: Record<string, string | undefined>): Promise<DemonstrationResponse> {
    const installationId = await this.installation.id();
    const now = toIso(this.clock.now());
    const { playing } = this.process;
    const isHere = isAskedOnThisMachine(headers);
    // Whoever asks from elsewhere has found it, and phones find it as he has.
    const known = { installationId, now, ...given({ phonesAt: isHere ? this.process.phonesAt() : undefined }) };
    if (!playing) return known;
    const { scenario, speed, isOver, accounts: all } = playing;
    const accounts = isHere ? all : [];
    return { ...known, playing: { scenario, speed, isOver, accounts } };
  }
}

/**
 * Behind a proxy, or under another name, whoever asks may sit anywhere: he gets no password. That the process listens on
 * loopback alone says nothing of these.
 */
export function isAskedOnThisMachine(headers: Readonly<Record<string, string | undefined>>): boolean {
  const isForwarded = Object.keys(headers).some((name) => name === 'forwarded' || name.startsWith('x-forwarded-'));
  const host = headers.host?.replace(/:\d+$/, '');
  return !isForwarded && host !== undefined && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host);
}
