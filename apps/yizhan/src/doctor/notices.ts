import { statSync } from 'node:fs';
import { gatewayNames, type NoticeSettings, readNoticeSettings } from '@yizhan/notices';
import { type Check, ok, warn } from './check.js';

/** Over which gateways people are told, without the keys in their addresses. */
export const noticeGateways: Check = {
  name: 'notices',
  title: { en: 'Notices to people', zh: '消息通知' },
  look: ({ configuration: { noticesFile } }) => {
    const settings = readNoticeSettings(noticesFile);
    if (noticesFile === undefined || settings === undefined)
      return ok('no gateway: notices are on screens, slips and loudspeakers alone (YIZHAN_NOTICES_FILE names one)');
    if (isOpenToOthers(noticesFile))
      return warn(
        `others on this machine can read ${noticesFile}, in which secrets are`,
        `Run "chmod go= ${noticesFile}".`,
      );
    if (gatewayNames(settings).length === 0)
      return warn(`${noticesFile} names no gateway`, 'Add text, robots or mail, as docs/notices.md shows.');
    const { duties = [], trucks } = settings;
    const nobody = duties.length === 0 && !trucks;
    const says = `${gatewaysOf(settings).join(', ')}; ${duties.length} on duty for alerts; drivers and carriers are ${trucks ? '' : 'not '}told`;
    return nobody ? warn(says, 'Name who is on duty, or add trucks: docs/notices.md shows both.') : ok(says);
  },
};

function gatewaysOf({ text, mail, robots = {} }: NoticeSettings): string[] {
  const hostOf = (url: string): string => new URL(url).host;
  return [
    ...(text ? [`text messages by ${hostOf(text.url)}`] : []),
    ...(mail ? [`e-mail by ${hostOf(mail.server)}`] : []),
    ...Object.entries(robots).map(([name, { kind, url }]) => `robot ${name} of ${kind} at ${hostOf(url)}`),
  ];
}

const isOpenToOthers = (file: string): boolean => process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;
