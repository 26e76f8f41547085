import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dutyAddress, gatewayNames, type NoticeSettings, readNoticeSettings } from './notice-settings.js';

const whole: NoticeSettings = {
  text: { url: 'https://sms.example.com/send', body: { to: '{to}', text: '{text}' } },
  robots: { yiwu: { kind: 'wecom', url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=secret-key' } },
  mail: { server: 'smtps://yizhan:secret-word@mail.example.com:465', from: 'yizhan@example.com' },
  duties: [
    { name: 'yiwu', areas: ['yiwu'], texts: ['13800138000', '+86 139 0013 9000'], robots: ['yiwu'] },
    { name: 'leaders', hears: ['escalated'], mails: ['leader@example.com'] },
  ],
  names: { jindong: '金东站' },
  trucks: { language: 'zh' },
};

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'notices-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function read(content: unknown): NoticeSettings | undefined {
  const file = join(folder, 'notices.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readNoticeSettings(file);
}

it('is read as it is written, and nothing where no file is named', () => {
  expect(read(whole)).toEqual(whole);
  expect(gatewayNames(whole)).toEqual(['text', 'mail', 'robot/yiwu']);
  expect(readNoticeSettings(undefined)).toBeUndefined();
});

it.each([
  ['no JSON', '{"text": secret-word'],
  ['text must NOT have additional properties: uri', { text: { uri: 'x', url: 'https://a.example', body: {} } }],
  ['text.url must match pattern', { ...whole, text: { url: 'ftp://secret-word', body: {} } }],
  ['an address is no URL', { mail: { server: 'smtp://a b:secret-word@:x'.replace(' ', ''), from: 'a@b' } }],
  ['names the robot yiwv', { ...whole, duties: [{ name: 'a', robots: ['yiwv'] }] }],
  ['there is no text gateway', { duties: [{ name: 'a', texts: ['13800138000'] }] }],
  ['there is no mail server', { duties: [{ name: 'a', mails: ['a@example.com'] }] }],
  ['two of the name a', { duties: [{ name: 'a' }, { name: 'a' }] }],
  ['no text gateway to tell them by', { trucks: {} }],
  ['a form holds texts alone', { text: { url: 'https://a.example', format: 'form', body: { a: { b: 'c' } } } }],
])('says that %s, and tells no secret', (words, content) => {
  let said = '';
  try {
    read(content);
  } catch (error) {
    said = (error as Error).message;
  }
  expect(said).toContain(words);
  expect(said).not.toMatch(/secret|13800138000/);
});

it('finds whoever is on duty now', () => {
  expect(dutyAddress(whole, 'duty/yiwu/2', 'text')).toBe('+86 139 0013 9000');
  expect(dutyAddress(whole, 'duty/leaders/1', 'mail')).toBe('leader@example.com');
  expect(dutyAddress(whole, 'duty/yiwu/3', 'text')).toBeUndefined();
  expect(dutyAddress(whole, 'duty/gone/1', 'text')).toBeUndefined();
  expect(dutyAddress(whole, 'driver:R1', 'text')).toBeUndefined();
});
