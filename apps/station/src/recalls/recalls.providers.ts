import type { Provider, Type } from '@nestjs/common';
import { Contacts } from './contacts.reader.js';
import { RecallBatch } from './recall-batch.js';
import { RecallCredential } from './recall-credential.js';
import { BatchRecallsController, RecallsController } from './recalls.controller.js';
import { TraceRecall } from './trace-recall.js';

/** What can be asked about recalls, and what follows from one. */
export const recallProviders: Provider[] = [RecallCredential, RecallBatch, TraceRecall, Contacts];
export const recallControllers: Type[] = [RecallsController, BatchRecallsController];
