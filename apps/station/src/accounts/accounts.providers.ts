import type { Provider, Type } from '@nestjs/common';
import { AccountManagers } from './account-managers.js';
import { AccountsController } from './accounts.controller.js';
import { Accounts } from './accounts.reader.js';
import { CreateAccount } from './create-account.js';
import { Pins } from './pins.js';
import { ResumeAccount } from './resume-account.js';
import { SecretTries } from './secret-tries.js';
import { SecretsController } from './secrets.controller.js';
import { SetSecret } from './set-secret.js';
import { SuspendAccount } from './suspend-account.js';

/** Who may sign in and sign, and what he proves himself with. */
export const accountProviders: Provider[] = [
  CreateAccount,
  SuspendAccount,
  ResumeAccount,
  SetSecret,
  Pins,
  SecretTries,
  Accounts,
  AccountManagers,
];

export const accountControllers: Type[] = [AccountsController, SecretsController];
