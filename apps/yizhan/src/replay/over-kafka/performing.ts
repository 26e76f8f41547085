import { type DynamicModule, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Problem, type ProblemKind } from '@yizhan/kernel';
import { messageOf } from '@yizhan/process';
import type { RequestAction } from '../people/action.js';
import type { PerformedRequest } from '../perform.js';
import { performerOf, type UseCaseClass } from '../use-cases.js';

/** A step that the replay asks of the station's process. `perform` comes back with the answer. */
export interface PerformMessage {
  readonly perform: number;
  readonly action: RequestAction;
  readonly request: PerformedRequest;
}

export type PerformedMessage =
  | { readonly perform: number }
  | { readonly perform: number; readonly refused: { kind: ProblemKind; code: string; message: string } }
  | { readonly perform: number; readonly error: string };

/** Carries out steps by the use cases of the station that runs in this process. */
@Injectable()
export class PerformSteps implements OnApplicationBootstrap {
  constructor(private readonly moduleRef: ModuleRef) {}

  onApplicationBootstrap(): void {
    const perform = performerOf(<T>(type: UseCaseClass<T>) => this.moduleRef.get<T>(type, { strict: false }));
    process.on('message', (message) => {
      if (isPerformMessage(message)) {
        void perform(message.action, message.request).then(
          () => answer({ perform: message.perform }),
          (error: unknown) => answer(failed(message.perform, error)),
        );
      }
    });
  }
}

/** The module with somebody in it who carries out steps. */
export function performing(module: DynamicModule): DynamicModule {
  return { ...module, providers: [...(module.providers ?? []), PerformSteps] };
}

function failed(perform: number, error: unknown): PerformedMessage {
  if (!(error instanceof Problem)) return { perform, error: messageOf(error) };
  const { kind, code, message } = error;
  return { perform, refused: { kind, code, message } };
}

const answer = (message: PerformedMessage): void => void process.send?.(message);

const isPerformMessage = (message: unknown): message is PerformMessage =>
  typeof message === 'object' && message !== null && 'perform' in message && 'action' in message;
