import type { Command } from 'commander';
import { command, dataOption, type OnEnd } from './define-command.js';

export const backup = (onEnd: OnEnd): Command =>
  command(
    'backup',
    'backup',
    'backup --to /media/stick/yizhan --check',
    'backup --check .yizhan-backups/yizhan-1a2b3c4d-20261129T080000Z',
    'backup --list',
    'backup --keystore --to /media/other-stick/yizhan-keys',
  )
    .addOption(dataOption())
    .option('--to <folder>', 'where backups go (default: YIZHAN_BACKUP_DIRECTORY, else beside the data directory)')
    .option('--check [backup]', 'restore the new backup, or this one, into an empty place, and remove it again')
    .option('--list', 'show the backups of this station')
    .option('--keystore', 'copy the keys of personal data instead, apart from the backups of the database')
    .action(async (options) => onEnd(await (await import('./backup.js')).backup(options)));

export const restore = (onEnd: OnEnd): Command =>
  command(
    'restore',
    'restore /media/stick/yizhan/yizhan-1a2b3c4d-20261129T080000Z --key backup-key.txt',
    'restore .yizhan-backups/yizhan-1a2b3c4d-20261129T080000Z --key .yizhan.before/keys/backup-key.txt --data /srv/yizhan',
    'restore --keystore /media/other-stick/yizhan-keystore-1a2b3c4d-20261129T080000Z.json.gz.age --key backup-key.txt',
  )
    .argument('[backup]', 'folder of the backup')
    .addOption(dataOption())
    .requiredOption('--key <file>', 'the key that the backup was made with: keys/backup-key.txt of its data directory')
    .option('--keystore <file>', 'restore this copy of the keystore instead')
    .action(async (folder, options) => onEnd(await (await import('./restore.js')).restore(folder, options)));
