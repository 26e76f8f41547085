import type { Provider, Type } from '@nestjs/common';
import { AbortHandoff } from './abort-handoff.js';
import { AcceptAssignment } from './accept-assignment.js';
import { AssignDriver } from './assign-driver.js';
import { AssignmentsController, DriverAnswersController } from './assignments.controller.js';
import { CommitProposal } from './commit-proposal.js';
import { CompleteHandoff } from './complete-handoff.js';
import { DeclineAssignment } from './decline-assignment.js';
import { ExpireAssignment } from './expire-assignment.js';
import { HandoffRow } from './handoff.entity.js';
import { HandoffsController, SwapsController } from './handoffs.controller.js';
import { Handoffs } from './handoffs.reader.js';
import { ReportNoShow } from './report-no-show.js';
import { StartHandoff } from './start-handoff.js';
import { WithdrawAssignment } from './withdraw-assignment.js';

/** What can be asked about the swap of a driver. */
export const handoffProviders: Provider[] = [
  AssignDriver,
  CommitProposal,
  AcceptAssignment,
  DeclineAssignment,
  ExpireAssignment,
  ReportNoShow,
  WithdrawAssignment,
  StartHandoff,
  CompleteHandoff,
  AbortHandoff,
  Handoffs,
];
export const handoffControllers: Type[] = [
  HandoffsController,
  AssignmentsController,
  DriverAnswersController,
  SwapsController,
];
export const handoffEntities = [HandoffRow];
