import type { Provider, Type } from '@nestjs/common';
import { ApproveOverride } from './approve-override.js';
import { AuthoriseHandoff } from './authorise-handoff.js';
import { EvidenceController, SignaturesController } from './evidence.controller.js';
import { RecordEvidence } from './record-evidence.js';
import { SignHandoff } from './sign-handoff.js';

/** What comes together on a handoff before its completion. */
export const evidenceProviders: Provider[] = [SignHandoff, RecordEvidence, AuthoriseHandoff, ApproveOverride];
export const evidenceControllers: Type[] = [SignaturesController, EvidenceController];
