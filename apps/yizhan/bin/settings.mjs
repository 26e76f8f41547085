// Whoever double-clicks a script, and a service, cannot set a variable: an archive reads them from a file beside its folder, where the
// data lie and a newer version finds it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';

const unpacked = fileURLToPath(new URL('../../../../', import.meta.url));

/** Variables of this text, a line for each: `YIZHAN_BACKUP_DIRECTORY=/media/stick/yizhan`. Editors of Windows begin it with a mark. */
export const settingsIn = (text) =>
  Object.entries(parseEnv(text.replace(/^\ufeff/, ''))).filter(([name]) => name.startsWith('YIZHAN_'));

/** Takes the settings of an archive into the environment, where they are not set there already. */
export function takeSettings(folder = unpacked, environment = process.env) {
  const file = join(folder, '..', 'yizhan-settings.txt');
  const isUnpacked = existsSync(join(folder, 'SHA256SUMS')) && existsSync(join(folder, 'runtime'));
  if (!isUnpacked || !existsSync(file)) return;
  for (const [name, value] of settingsIn(readFileSync(file, 'utf8'))) environment[name] ??= value;
}
