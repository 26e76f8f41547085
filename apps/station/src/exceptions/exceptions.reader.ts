import { Injectable } from '@nestjs/common';
import { instantOf, type Page } from '@yizhan/http';
import type { Caller } from '@yizhan/identity';
import { Problem } from '@yizhan/kernel';
import { Database } from '@yizhan/persistence';
import { exceptionRoles } from '@yizhan/policy';
import { given } from '../cases/given.js';
import { isoFields } from '../cases/iso-fields.js';
import { isUuid } from '../cases/load-case.js';
import { assertUuidCursor } from '../cases/uuid-cursor.js';
import { CallerScope } from '../network/caller-scope.js';
import { listRows } from '../network/list-rows.js';
import { ExceptionRow } from './exception.entity.js';
import { deedsOf, roleOf } from './exception.js';
import type { ExceptionResponse, ExceptionsQuery } from './exceptions.dto.js';
import { exceptionNotFound } from './load-exception.js';

/** Exceptions as they are shown, and who may do something about them. */
@Injectable()
export class Exceptions {
  constructor(
    private readonly database: Database,
    private readonly scope: CallerScope,
  ) {}

  /** Of the areas that the token reaches. */
  async list(caller: Caller, query: ExceptionsQuery): Promise<Page<ExceptionResponse>> {
    assertUuidCursor(query);
    const { state, owner, role, code, stationCode, visitId, areaCode } = query;
    const areas = await this.scope.areasOf(caller);
    const asked = areaCode === undefined ? areas : [areaCode].filter((each) => areas?.includes(each) ?? true);
    return listRows(this.database, query, {
      of: ExceptionRow,
      keys: ['exceptionId'],
      where: { state, owner, code, stationCode, visitId, areaCode: asked, level: role && exceptionRoles.indexOf(role) },
      before: { openedAt: instantOf(query.openedBefore), dueAt: instantOf(query.dueBefore) },
      item: exceptionResponse,
    });
  }

  /** @throws Problem `not_found`, also where the caller may not see it. */
  async read(caller: Caller, exceptionId: string): Promise<ExceptionResponse> {
    const row = await this.#find(exceptionId);
    const areas = await this.scope.areasOf(caller);
    if (!row || !(areas?.includes(row.areaCode) ?? true)) throw exceptionNotFound(exceptionId);
    return exceptionResponse(row);
  }

  /** Those who work at its station, and the command centre of its area. @throws Problem `forbidden`, or `not_found`. */
  async requireOwner(caller: Caller, exceptionId: string): Promise<void> {
    const row = await this.#find(exceptionId);
    if (!row) throw exceptionNotFound(exceptionId);
    const { stationCode, areaCode } = row;
    if (caller.mayActInArea(areaCode) || (stationCode !== null && caller.mayActAt(stationCode))) return;
    const message = 'your token does not let you act for the owner of this exception';
    throw new Problem('forbidden', 'IDENTITY.NOT_YOUR_EXCEPTION', message, { exceptionId, owner: row.owner });
  }

  async #find(exceptionId: string): Promise<ExceptionRow | null> {
    return isUuid(exceptionId) ? this.database.manager.findOneBy(ExceptionRow, { exceptionId }) : null;
  }
}

function exceptionResponse(row: ExceptionRow): ExceptionResponse {
  const { exceptionId, areaCode, code, owner, state, level } = row;
  const { stationCode, personId, visitId, runId, driverId, resolution, acknowledgedBy, resolvedBy } = row;
  const { openedAt, dueAt, acknowledgedAt, resolvedAt } = row;
  return {
    exceptionId,
    areaCode,
    code,
    owner,
    level,
    role: roleOf(row),
    state,
    allowedSteps: deedsOf(row),
    ...given({ stationCode, personId, visitId, runId, driverId, resolution, acknowledgedBy, resolvedBy }),
    ...isoFields({ dueAt, acknowledgedAt, resolvedAt }),
    openedAt: isoFields({ openedAt }).openedAt ?? '',
  };
}
