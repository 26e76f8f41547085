import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DoctorContext, Finding } from './check.js';
import { noticeGateways } from './notices.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'notices-'))));
afterEach(() => rmSync(folder, { recursive: true }));

async function look(content?: object, mode = 0o600): Promise<Finding> {
  const noticesFile = content && join(folder, 'notices.json');
  if (noticesFile) {
    writeFileSync(noticesFile, JSON.stringify(content));
    chmodSync(noticesFile, mode);
  }
  return noticeGateways.look({ configuration: { noticesFile } } as DoctorContext);
}

const gateways = {
  text: { url: 'https://sms.example.com/send?key=secret', body: { to: '{to}' } },
  mail: { server: 'smtps://u:secret@mail.example.com:465', from: 'a@example.com' },
  robots: { room: { kind: 'dingtalk', url: 'https://oapi.dingtalk.com/robot/send?access_token=secret' } },
};

it('says that there is none, and that nothing is wrong with that', async () => {
  expect(await look()).toMatchObject({ state: 'ok', says: expect.stringContaining('no gateway') as string });
});

it('says which there are and who is told, and no secret', async () => {
  const { state, says } = await look({ ...gateways, duties: [{ name: 'room', robots: ['room'] }], trucks: {} });
  expect(state).toBe('ok');
  expect(says).toBe(
    'text messages by sms.example.com, e-mail by mail.example.com:465, robot room of dingtalk at oapi.dingtalk.com; 1 on duty for alerts; drivers and carriers are told',
  );
});

it('warns where nobody is told, and of a file that others can read', async () => {
  expect((await look(gateways)).state).toBe('warn');
  expect((await look({})).state).toBe('warn');
  const open = await look({ ...gateways, trucks: {} }, 0o644);
  expect([open.state, open.mend]).toEqual(['warn', expect.stringContaining('chmod go=') as string]);
});

it('names what is wrong in the file', async () => {
  await expect(look({ txt: {} })).rejects.toThrow('must NOT have additional properties: txt');
});
