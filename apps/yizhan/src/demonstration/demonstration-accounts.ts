import { randomBytes, randomUUID } from 'node:crypto';
import type { DemonstrationAccount } from '@yizhan/service-process';
import { CreateAccount, type CreateAccountInput } from '../../../station/src/accounts/create-account.js';
import { SetSecret } from '../../../station/src/accounts/set-secret.js';
import { ClaimInstallation } from '../../../station/src/sessions/claim-installation.js';
import { ClaimLink } from '../../../station/src/sessions/claim-link.js';
import type { Runtime } from '../runtime/runtime.js';
import type { Scenario } from '../scenario/scenario.js';

const administrator = 'administrator:demo';

/** Lets a visitor in by one tap: an account for each role that has pages, each with a random password of this start. */
export async function openAccounts(runtime: Runtime, scenario: Scenario): Promise<DemonstrationAccount[]> {
  const get = <T>(type: abstract new (...args: never[]) => T): T => runtime.application.get(type);
  const claim = await get(ClaimLink).make();
  if (!claim) throw new Error('a demonstration begins with nobody in it');
  const first = accountOf(administrator, 'administrator');
  await get(ClaimInstallation).execute({ token: claim.token, ...first });
  const accounts: DemonstrationAccount[] = [];
  const request = () => ({ key: randomUUID(), caller: administrator, hash: '', at: runtime.clock.now() });
  for (const input of staffOf(scenario)) {
    const account = accountOf(input.accountId, input.role);
    await get(CreateAccount).execute(request(), input);
    await get(SetSecret).execute(request(), { ...account, kind: 'password', secret: account.password });
    accounts.push(account);
  }
  return [...accounts, first];
}

type Staff = CreateAccountInput & { readonly role: DemonstrationAccount['role'] };

/** The operator and the shift lead of the first station, and the command centre of the area. */
function staffOf({ stations, area }: Scenario): Staff[] {
  const [station] = stations;
  const own = station ? { stations: [station.code] } : {};
  return [
    { accountId: 'operator:demo', role: 'operator', ...own },
    { accountId: 'shift_lead:demo', role: 'shift_lead', ...own },
    { accountId: 'command_centre:demo', role: 'command_centre', areas: [area.code] },
  ];
}

const accountOf = (accountId: string, role: DemonstrationAccount['role']): DemonstrationAccount => ({
  accountId,
  role,
  password: randomBytes(18).toString('base64url'),
});
