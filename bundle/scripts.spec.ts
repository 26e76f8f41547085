import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesUnder } from './files-under.js';

interface Place {
  readonly folder: string;
  readonly options: readonly string[];
}

/** It runs as it lies there, with the Node of an archive. */
const { taskText, unitSteps, unitText } = jest.requireActual<{
  readonly unitText: (template: string, place: Place & { readonly owner: number }) => string;
  readonly unitSteps: readonly (readonly string[])[];
  readonly taskText: (template: string, place: Place & { readonly data: string }) => string;
}>('./files/both/service/service.mjs');

const folder = join(__dirname, 'files');
const textOf = (path: string): string => readFileSync(join(folder, path), 'utf8');

const shellScripts = filesUnder(folder).filter((path) => textOf(path).startsWith('#!/bin/sh\n'));

it.each(shellScripts)('%s is a script that the shell can read', (path) => {
  expect(spawnSync('sh', ['-n', join(folder, path)], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
});

it('there are the scripts that the page names', () => {
  expect(shellScripts.map((path) => path.replace('linux/', ''))).toEqual([
    'service/install-service.sh',
    'service/remove-service.sh',
    'start-with-tablets.sh',
    'start.sh',
    'yizhan',
  ]);
});

const commandScripts = filesUnder(folder).filter((path) => path.endsWith('.cmd'));
/** What an archive has besides the files here. */
const others = ['runtime/node.exe', 'app/apps/yizhan/bin/yizhan.mjs'];

it.each(commandScripts)('%s has signs of ASCII alone, and names files that an archive for Windows has', (path) => {
  const text = textOf(path);
  expect(text).toMatch(/^@echo off\n[\x20-\x7e\n]*$/);
  const here = path.includes('service/') ? 'service/' : '';
  const named = [...text.matchAll(/%~dp0([\w.\\-]*\w)/g)].map(([, name = '']) =>
    join(here, name.replaceAll('\\', '/')),
  );
  const there = [...others, ...filesUnder(folder).map((file) => file.replace(/^(windows|both)\//, ''))];
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !there.includes(name))).toEqual([]);
});

it('the unit starts what lies in a folder with any signs, as its owner', () => {
  const options = { folder: '/srv/my "100%" $tation', owner: 1_000, options: ['--lan', '192.168.1.5'] };
  const unit = unitText(textOf('linux/service/yizhan.service'), options);
  expect(unit).toContain('\nUser=1000\n');
  expect(unit).toContain('\nExecStart="/srv/my \\"100%%\\" $$tation/yizhan" "start" "--lan" "192.168.1.5"\n');
  expect(unit.replace(/^#.*$/gm, '')).not.toContain('@');
  // A station whose line is down does not wait for it.
  expect(unit.replace(/^#.*$/gm, '')).not.toMatch(/network-online|time-sync/);
});

it('a unit that is installed again, for a newer version or with tablets, is started anew', () => {
  expect(unitSteps.map((step) => step.join(' '))).toEqual([
    'daemon-reload',
    'enable yizhan.service',
    'restart yizhan.service',
  ]);
});

it('the task is well-formed, and starts what lies in a folder with any signs', () => {
  const place = { folder: 'C:\\R & D\\yizhan', data: 'C:\\R & D\\yizhan-data', options: ['--lan'] };
  const task = taskText(textOf('windows/service/yizhan-task.xml'), place);
  expect(task).toContain('<Command>C:\\R &amp; D\\yizhan\\runtime\\node.exe</Command>');
  expect(task).toContain(
    '<Arguments>&quot;C:\\R &amp; D\\yizhan\\app\\apps\\yizhan\\bin\\yizhan.mjs&quot; &quot;start&quot; &quot;--data&quot; &quot;C:\\R &amp; D\\yizhan-data&quot; &quot;--lan&quot;</Arguments>',
  );
  // Started again each minute where it has ended, and never twice at once.
  expect(task).toMatch(/<TimeTrigger>\s*<Repetition>\s*<Interval>PT1M<\/Interval>/);
  expect(task).toContain('<MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>');
  expect(faultOfXml(task)).toBeUndefined();
  expect(faultOfXml(task.replace('</Exec>', ''))).toBe('</Actions> closes <Exec>');
  expect(faultOfXml(task.replace('&amp;', '&'))).toContain('a bare & or <');
});

/** What keeps a document without CDATA and DTD from being well-formed. */
function faultOfXml(text: string): string | undefined {
  const open: string[] = [];
  const bare = text.replace(/^<\?xml [^?]*\?>/, '').replaceAll(/<!--(?:(?!--)[^])*-->/g, '');
  for (const [whole, slash, name = '', words] of bare.matchAll(/<(\/?)(\w+)((?: \w+="[^"<&]*")*)>/g)) {
    if (slash === '') {
      open.push(name);
      continue;
    }
    const last = open.pop();
    if (last !== name || words !== '') return `${whole} closes <${last}>`;
  }
  const rest = bare.replaceAll(/<\/?\w+(?: \w+="[^"<&]*")*>/g, '').replaceAll(/&(amp|lt|gt|quot|apos);/g, '');
  return /[<&]/.test(rest) ? `a bare & or <: ${rest.trim().slice(0, 40)}` : open.at(-1);
}
