// Has this system start Yizhan by itself: systemd on Linux, the task scheduler on Windows. Run with the Node of the archive.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const unit = '/etc/systemd/system/yizhan.service';
const task = 'Yizhan';

const help = `Usage: install-service [--show] [options of start, such as --lan 192.168.1.5]
       remove-service

Has this PC start Yizhan by itself when it is switched on, and again when it has ended; once more with other options, or from the
folder of a newer version, it takes the place of what was installed. On Linux it is a unit of systemd,
${unit}, that runs as the owner of this folder. On Windows it is a task, "${task}", that runs as LOCAL SERVICE, who
is given the data. Claim the installation first, with start: a service has no window that shows the claim link.
Nothing of the data is changed or removed. --show prints what would be written, and does nothing.

Examples:
  sudo service/install-service.sh --lan 192.168.1.5
  service\\install-service.cmd
`;

class ServiceError extends Error {}

/** As systemd reads a word: in quotes, its own signs doubled. */
const word = (text) =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;

/** The unit for a folder that an archive was unpacked to. @param owner uid. */
export function unitText(template, { folder, owner, options }) {
  const start = [join(folder, 'yizhan'), 'start', ...options].map(word).join(' ');
  return template.replace('@USER@', () => String(owner)).replace('@START@', () => start);
}

const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The task for a folder that an archive was unpacked to; paths as Windows writes them. */
export function taskText(template, { folder, data, options }) {
  const script = `${folder}\\app\\apps\\yizhan\\bin\\yizhan.mjs`;
  const words = [script, 'start', '--data', data, ...options].map((each) => `"${each}"`);
  return template
    .replace('@COMMAND@', () => escaped(`${folder}\\runtime\\node.exe`))
    .replace('@ARGUMENTS@', () => escaped(words.join(' ')))
    .replace('@FOLDER@', () => escaped(folder));
}

function run(command, ...args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  if (error) throw new ServiceError(`${command} could not be run: ${error.message}`);
  if (status !== 0) throw new ServiceError(`${command} ${args.join(' ')} has failed (exit ${status})`);
}

/** What systemd is told once the unit is written: whatever runs of an older one is started anew, with its options and version. */
export const unitSteps = [['daemon-reload'], ['enable', 'yizhan.service'], ['restart', 'yizhan.service']];

function installUnit(folder, options, isShown) {
  const { uid } = statSync(folder);
  const text = unitText(readFileSync(join(here, 'yizhan.service'), 'utf8'), { folder, owner: uid, options });
  if (isShown) return process.stdout.write(text);
  if (process.getuid() !== 0) throw new ServiceError('this needs root: run it with sudo');
  if (uid === 0) throw new ServiceError(`${folder} belongs to root: unpack it as an ordinary user, who then runs it`);
  writeFileSync(unit, text);
  for (const step of unitSteps) run('systemctl', ...step);
}

function installTask(folder, options, isShown) {
  const data = process.env.YIZHAN_DATA_DIRECTORY ?? join(folder, '..', 'yizhan-data');
  const text = taskText(readFileSync(join(here, 'yizhan-task.xml'), 'utf8'), { folder, data, options });
  if (isShown) return process.stdout.write(text);
  const file = join(tmpdir(), `yizhan-task-${process.pid}.xml`);
  try {
    writeFileSync(file, `\ufeff${text}`, 'utf16le');
    for (const each of [data, `${data}-keystore`, `${data}-backups`]) {
      mkdirSync(each, { recursive: true });
      run('icacls', each, '/grant', '*S-1-5-19:(OI)(CI)M', '/T', '/Q');
    }
    run('schtasks', '/Create', '/TN', task, '/XML', file, '/F');
    // What runs of an older one keeps its options and version; where nothing runs this says so, and no more.
    spawnSync('schtasks', ['/End', '/TN', task], { stdio: 'ignore' });
    run('schtasks', '/Run', '/TN', task);
  } finally {
    rmSync(file, { force: true });
  }
}

function remove() {
  if (process.platform === 'win32') {
    spawnSync('schtasks', ['/End', '/TN', task], { stdio: 'inherit' });
    return run('schtasks', '/Delete', '/TN', task, '/F');
  }
  if (process.getuid() !== 0) throw new ServiceError('this needs root: run it with sudo');
  if (!existsSync(unit)) throw new ServiceError(`there is no ${unit}`);
  run('systemctl', 'disable', '--now', 'yizhan.service');
  rmSync(unit);
  run('systemctl', 'daemon-reload');
}

function main([what, ...rest]) {
  const options = rest.filter((each) => each !== '--show');
  if (rest.includes('--help')) return process.stdout.write(help);
  if (what === 'remove') return remove();
  const install = process.platform === 'win32' ? installTask : installUnit;
  return install(dirname(here), options, rest.includes('--show'));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    process.stderr.write(`yizhan: ${error.message}\n`);
    process.exitCode = 3;
  }
}
