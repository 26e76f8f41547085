import { Code, Flag, Instant, Nested, OneOf, Password, Text, Uuid, WholeNumber } from '@yizhan/http';
import { type DemonstrationAccount } from '@yizhan/service-process';

const demonstrationRoles = ['operator', 'shift_lead', 'command_centre', 'administrator'] as const;

export class DemonstrationAccountResponse {
  @Code({ example: 'operator:demo' })
  readonly accountId: string;

  @OneOf(demonstrationRoles)
  readonly role: DemonstrationAccount['role'];

  @Password({ description: 'random, of this start alone' })
  readonly password: string;
}

export class PlayedScenarioResponse {
  @Code({ description: 'the scenario that is played', example: 'yiwu' })
  readonly scenario: string;

  @WholeNumber({ description: 'how many times as fast as the clock on the wall it runs; 1 when it is over' })
  readonly speed: number;

  @Flag({ description: 'the day has been played: nothing moves by itself any more' })
  readonly isOver: boolean;

  @Nested(() => DemonstrationAccountResponse, { list: true, description: 'that anybody may sign in with' })
  readonly accounts: readonly DemonstrationAccountResponse[];
}

export class DemonstrationResponse {
  @Uuid({ description: 'which installation answers; a demonstration is another one at each start' })
  readonly installationId: string;

  @Instant({ description: 'the present by its clock, which a page without a board counts down by' })
  readonly now: string;

  @Text({
    optional: true,
    maxLength: 200,
    description:
      'where phones open it, told to who asks at this machine’s own address, which no phone can open; absent where they cannot, and to others',
    example: 'https://192.168.1.5:7743',
  })
  readonly phonesAt?: string;

  @Nested(() => PlayedScenarioResponse, { optional: true, description: 'absent where the work is real' })
  readonly playing?: PlayedScenarioResponse;
}
