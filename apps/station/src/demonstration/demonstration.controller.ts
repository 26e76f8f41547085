import { Controller, Get, Headers, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '@yizhan/identity';
import type { Demonstration } from '@yizhan/service-process';
import { Installation } from '../sessions/installation.js';
import { DemonstrationResponse } from './demonstration.dto.js';

export const PLAYED = Symbol('what is played, or undefined');

/** Asked before anybody has signed in: the sign-in of a demonstration is one tap. */
@ApiTags('demonstration')
@Controller('api/v1/demonstration')
@Public()
export class DemonstrationController {
  constructor(
    @Inject(PLAYED) private readonly demonstration: { readonly playing: Demonstration | undefined },
    private readonly installation: Installation,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'Demonstration.read',
    summary:
      'Which installation this is; for a demonstration, how fast its clock runs and the accounts to look at it with',
  })
  @ApiOkResponse({ type: DemonstrationResponse })
  async read(@Headers() headers: Record<string, string | undefined>): Promise<DemonstrationResponse> {
    const installationId = await this.installation.id();
    const { playing } = this.demonstration;
    if (!playing) return { installationId };
    const { scenario, speed, isOver, accounts: all } = playing;
    const accounts = isAskedOnThisMachine(headers) ? all : [];
    return { installationId, playing: { scenario, speed, isOver, accounts } };
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
