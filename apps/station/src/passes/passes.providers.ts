import type { Provider, Type } from '@nestjs/common';
import { AmendPass } from './amend-pass.js';
import { GrantAmendment } from './grant-amendment.js';
import { IssuePass } from './issue-pass.js';
import { PassRow } from './pass.entity.js';
import { AmendmentsController, PassesController, PassStepsController } from './passes.controller.js';
import { Passes } from './passes.reader.js';
import { RevokePass } from './revoke-pass.js';

/** What can be asked about the passes of trucks. */
export const passProviders: Provider[] = [IssuePass, AmendPass, RevokePass, GrantAmendment, Passes];
export const passControllers: Type[] = [PassesController, PassStepsController, AmendmentsController];
export const passEntities = [PassRow];
