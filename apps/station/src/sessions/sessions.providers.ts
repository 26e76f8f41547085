import type { Provider, Type } from '@nestjs/common';
import { ClaimInstallation } from './claim-installation.js';
import { ClaimLink } from './claim-link.js';
import { CreateDriverLink } from './create-driver-link.js';
import { DriverLinksController } from './driver-links.controller.js';
import { Installation } from './installation.js';
import { RefreshSession } from './refresh-session.js';
import { CallerController, SessionsController } from './sessions.controller.js';
import { SignIn } from './sign-in.js';
import { SignOut } from './sign-out.js';

/** How somebody becomes a caller: by a secret, by the claim link, by a link that was made for him. */
export const sessionProviders: Provider[] = [
  SignIn,
  RefreshSession,
  SignOut,
  ClaimLink,
  ClaimInstallation,
  CreateDriverLink,
  Installation,
];

export const sessionControllers: Type[] = [SessionsController, CallerController, DriverLinksController];
