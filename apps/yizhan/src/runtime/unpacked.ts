import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ownRoot } from '@yizhan/process';

/** The folder that an archive of `npm run bundle` was unpacked to, where this runs from one. */
export const unpackedFolder = (): string => join(ownRoot(), '..');

const isHere = ['SHA256SUMS', 'runtime'].every((name) => existsSync(join(unpackedFolder(), name)));

/** Whether this runs from such an archive, where there is neither npm nor npx. */
export const isUnpacked = (): boolean => isHere;

/** What mends any file of it. */
export const unpackAgain = 'Unpack the archive again; the data lie elsewhere and stay.';

/** A text that names commands of a clone, with what is typed in the folder of an archive instead. */
export function withOwnCommands(text: string, platform: NodeJS.Platform = process.platform): string {
  const command = platform === 'win32' ? '.\\yizhan' : './yizhan';
  return text.replaceAll(/npx yizhan|npm start(?: --(?= ))?/g, (found) =>
    found === 'npx yizhan' ? command : `${command} start`,
  );
}
