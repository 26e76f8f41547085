import type { Provider, Type } from '@nestjs/common';
import { AcknowledgeException } from './acknowledge-exception.js';
import { AssignException } from './assign-exception.js';
import { ChangeException } from './change-exception.js';
import { EscalateException } from './escalate-exception.js';
import { ExceptionRow } from './exception.entity.js';
import { ExceptionDeedsController, ExceptionsController } from './exceptions.controller.js';
import { Exceptions } from './exceptions.reader.js';
import { NoteException } from './note-exception.js';
import { ResolveException } from './resolve-exception.js';
import { WatchStation } from './watch-station.js';
import { WatchVisit } from './watch-visit.js';

/** What can be asked about what has left the normal path, and what opens and escalates it by the clock. */
export const exceptionProviders: Provider[] = [
  ChangeException,
  AcknowledgeException,
  AssignException,
  NoteException,
  ResolveException,
  EscalateException,
  WatchVisit,
  WatchStation,
  Exceptions,
];
export const exceptionControllers: Type[] = [ExceptionsController, ExceptionDeedsController];
export const exceptionEntities = [ExceptionRow];
