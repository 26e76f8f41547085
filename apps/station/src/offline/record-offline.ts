import { Injectable, type ValidationPipe } from '@nestjs/common';
import { ModuleRef, Reflector } from '@nestjs/core';
import { codePattern, strictInput } from '@yizhan/http';
import { type Caller, rolesOf } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { Pins } from '../accounts/pins.js';
import { CaseScope } from '../cases/case-scope.js';
import { isUuid } from '../cases/load-case.js';
import type { StationRequest } from '../changes/changes.js';
import type { StartHandoffRequest } from '../handoffs/handoffs.dto.js';
import { RecordSwap } from '../handoffs/record-swap.js';
import type { LoggedRecord } from './logged-record.js';
import { hasPart, type OfflineKind } from './offline-kinds.js';
import { SwapInputs } from './swap-inputs.js';
import type { Subject } from './trucks-of-records.js';

/** A record with the completion of the swap that it begins, where the upload brings that too. */
export interface ToRecord {
  readonly record: LoggedRecord;
  readonly subject: Subject;
  readonly completion?: LoggedRecord;
}

/** Carries out what a tablet has logged: by its online route, late, with what that route asks of its caller. */
@Injectable()
export class RecordOffline {
  readonly #strict: ValidationPipe = strictInput();
  readonly #swaps: SwapInputs;

  constructor(
    private readonly modules: ModuleRef,
    private readonly reflector: Reflector,
    private readonly recordSwap: RecordSwap,
    scope: CaseScope,
    pins: Pins,
  ) {
    this.#swaps = new SwapInputs(scope, pins);
  }

  /** @throws Problem as the online route would. */
  async execute(caller: Caller, { record, subject, completion }: ToRecord): Promise<unknown> {
    const { kind, id, part } = record;
    const request = requestOf(caller, record, subject);
    const body = await this.#checked(caller, record);
    if (kind.route.endsWith('/start')) {
      const { input: start } = await this.#swaps.start(caller, request, id, body as StartHandoffRequest);
      const done = completion && (await this.#unlessMalformed(caller, completion, subject));
      return this.recordSwap.execute(request, { start, ...(done && { completion: done }) });
    }
    const controller = this.modules.get<object>(kind.controller, { strict: false });
    return kind.ask(controller, { caller, request, id, part, body });
  }

  /** What is no completion is refused in its own turn; the swap has begun all the same. */
  async #unlessMalformed(caller: Caller, record: LoggedRecord, subject: Subject) {
    try {
      return await this.#completion(caller, record, subject);
    } catch (error) {
      if (error instanceof Problem && error.code === 'REQUEST.INVALID') return undefined;
      throw error;
    }
  }

  async #completion(caller: Caller, record: LoggedRecord, subject: Subject) {
    const request = requestOf(caller, record, subject);
    const body = await this.#checked(caller, record);
    const taken = await this.#swaps.completion(caller, request, record.id, body);
    return { ...taken, at: record.at, request };
  }

  /** The body, strictly as its route takes it. @throws Problem `invalid`, or `forbidden`. */
  async #checked(caller: Caller, { kind, id, part, body }: LoggedRecord): Promise<object> {
    this.#requireRole(caller, kind);
    requireId(kind, id);
    requirePart(kind, part);
    if (kind.body) return (await this.#strict.transform(body, { type: 'body', metatype: kind.body })) as object;
    const [unknown] = Object.keys(body);
    if (unknown === undefined) return {};
    throw new Problem('invalid', 'REQUEST.INVALID', `${unknown} is not a field of this request`, { field: unknown });
  }

  #requireRole(caller: Caller, { controller, method }: OfflineKind): void {
    const handler = (controller.prototype as Readonly<Record<string, () => void>>)[method];
    const allowed = rolesOf(this.reflector, { getHandler: () => handler, getClass: <T>() => controller as T });
    if (allowed === 'public' || allowed.includes(caller.role)) return;
    const details = { role: caller.role, allowedRoles: allowed };
    throw new Problem('forbidden', 'IDENTITY.ROLE_NOT_ALLOWED', `the role ${caller.role} may not do this`, details);
  }
}

function requestOf(caller: Caller, { requestId, hash, at }: LoggedRecord, { plate }: Subject): StationRequest {
  return { key: requestId, caller: caller.subject, hash, at, late: plate === undefined ? {} : { plate } };
}

/** As the address of the online route asks for it. */
function requireId({ of }: OfflineKind, id: string): void {
  if (of === undefined) {
    if (id === '') return;
    throw new Problem('invalid', 'REQUEST.INVALID', 'this kind names nothing in its address', { field: 'id' });
  }
  const isId = of === 'truck' || of === 'driver' ? codePattern.test(id) : isUuid(id);
  if (isId) return;
  throw new Problem('invalid', 'REQUEST.INVALID', `id must name a ${of}`, { field: 'id' });
}

function requirePart({ route }: OfflineKind, part: string): void {
  if (hasPart(route) === (part !== '')) return;
  const message = hasPart(route) ? 'partId must name a hold' : 'this kind names nothing more than its id';
  throw new Problem('invalid', 'REQUEST.INVALID', message, { field: 'partId' });
}
