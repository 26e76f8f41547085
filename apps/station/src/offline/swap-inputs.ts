import type { Caller } from '@yizhan/identity';
import type { Transaction } from '@yizhan/persistence';
import type { Pins } from '../accounts/pins.js';
import type { CaseScope } from '../cases/case-scope.js';
import type { AbortHandoff } from '../handoffs/abort-handoff.js';
import type { CompleteHandoff, CompleteHandoffInput } from '../handoffs/complete-handoff.js';
import { SwapsController } from '../handoffs/handoffs.controller.js';
import type { CompleteHandoffRequest, StartHandoffRequest } from '../handoffs/handoffs.dto.js';
import type { StartHandoff, StartHandoffInput } from '../handoffs/start-handoff.js';
import type { StationRequest } from '../changes/changes.js';

/** What a route would have carried out. */
interface Taken<Input> {
  readonly input: Input;
  /** Proves what the input claims, in the transaction of the change. */
  verify(tx: Transaction): Promise<void>;
}

const nothingToProve = (): Promise<void> => Promise.resolve();

/** What the online routes of a swap make of a request: they look at it as ever, and nothing is carried out. */
export class SwapInputs {
  constructor(
    private readonly scope: CaseScope,
    private readonly pins: Pins,
  ) {}

  start(
    caller: Caller,
    request: StationRequest,
    handoffId: string,
    body: StartHandoffRequest,
  ): Promise<Taken<StartHandoffInput>> {
    return this.#taken((routes) => routes.start(caller, request, handoffId, body));
  }

  completion(
    caller: Caller,
    request: StationRequest,
    handoffId: string,
    body: CompleteHandoffRequest,
  ): Promise<Taken<CompleteHandoffInput>> {
    return this.#taken((routes) => routes.complete(caller, request, handoffId, body));
  }

  async #taken<Input>(ask: (routes: SwapsController) => Promise<unknown>): Promise<Taken<Input>> {
    let taken: Taken<Input> | undefined;
    const useCase = {
      execute: (_request: StationRequest, input: Input, verify: Taken<Input>['verify'] = nothingToProve) => {
        taken = { input, verify };
        return Promise.resolve();
      },
    } as unknown;
    const routes = new SwapsController(
      useCase as StartHandoff,
      useCase as CompleteHandoff,
      useCase as AbortHandoff,
      this.pins,
      this.scope,
    );
    await ask(routes);
    if (taken === undefined) throw new Error('the route has not asked for a change');
    return taken;
  }
}
