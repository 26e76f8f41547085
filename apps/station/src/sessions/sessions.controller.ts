import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { Caller, CurrentCaller, Public, Roles, roles } from '@yizhan/identity';
import { toIso } from '@yizhan/kernel';
import { invalid } from '../cases/problems.js';
import { given } from '../cases/given.js';
import { ClaimInstallation } from './claim-installation.js';
import { Installation } from './installation.js';
import { RefreshSession } from './refresh-session.js';
import { CallerResponse, ClaimRequest, RefreshRequest, SessionResponse, SignInRequest } from './sessions.dto.js';
import { type SessionAnswer, SignIn } from './sign-in.js';
import { SignOut } from './sign-out.js';

/** Nobody here has a token yet, so there is nobody whose `Idempotency-Key` it could be: asked twice, a session begins twice. */
@ApiTags('sessions')
@Controller('api/v1')
@Public()
export class SessionsController {
  constructor(
    private readonly signIn: SignIn,
    private readonly refreshSession: RefreshSession,
    private readonly signOut: SignOut,
    private readonly claimInstallation: ClaimInstallation,
    private readonly installation: Installation,
  ) {}

  @Post('sessions')
  @ApiOperation({ summary: 'Sign in with the password or the PIN of an account' })
  @ApiCreatedResponse({ type: SessionResponse })
  @ApiUnauthorizedResponse({ description: 'The account or its secret is wrong' })
  start(@Body() { accountId, password, pin }: SignInRequest): Promise<SessionResponse> {
    if ((password === undefined) === (pin === undefined)) {
      throw invalid('IDENTITY.ONE_SECRET', 'give either the password or the PIN', { fields: ['password', 'pin'] });
    }
    if (pin !== undefined) return this.#here(this.signIn.execute({ accountId, kind: 'pin', secret: pin }));
    return this.#here(this.signIn.execute({ accountId, kind: 'password', secret: password ?? '' }));
  }

  @Post('sessions/refresh')
  @HttpCode(200)
  @ApiOperation({ summary: 'Get the next token of a session; the refresh token is replaced' })
  @ApiOkResponse({ type: SessionResponse })
  @ApiUnauthorizedResponse({ description: 'The session has ended' })
  refresh(@Body() { refreshToken }: RefreshRequest): Promise<SessionResponse> {
    return this.#here(this.refreshSession.execute(refreshToken));
  }

  @Post('sessions/sign-out')
  @HttpCode(204)
  @ApiOperation({ operationId: 'Sessions.signOut', summary: 'End a session' })
  @ApiNoContentResponse()
  end(@Body() { refreshToken }: RefreshRequest): Promise<void> {
    return this.signOut.execute(refreshToken);
  }

  @Post('claim')
  @ApiOperation({ summary: 'Become the first administrator with the link that the first start has printed' })
  @ApiCreatedResponse({ type: SessionResponse })
  @ApiForbiddenResponse({ description: 'The link is unknown, used or over' })
  claim(@Body() body: ClaimRequest): Promise<SessionResponse> {
    return this.#here(this.claimInstallation.execute(body));
  }

  async #here(answer: Promise<SessionAnswer>): Promise<SessionResponse> {
    return { ...(await answer), installationId: await this.installation.id() };
  }
}

@ApiTags('sessions')
@Controller('api/v1/caller')
@Roles(...roles)
export class CallerController {
  @Get()
  @ApiOperation({ summary: 'Who the token is for, and for what he may act' })
  @ApiOkResponse({ type: CallerResponse })
  read(@CurrentCaller() caller: Caller): CallerResponse {
    const { subject, role, stations, areas, counties, access, expiresAt } = caller;
    const { driverId, carrierId, enterpriseId, handoffId } = caller;
    return {
      accountId: subject,
      role,
      stations,
      areas,
      counties,
      ...given({ driverId, carrierId, enterpriseId, handoffId }),
      access,
      expiresAt: toIso(expiresAt),
    };
  }
}
