import {
  impersonalValues,
  type NoticeField,
  noticeFields,
  noticeTemplate,
  noticeTemplateNames,
  noticeText,
} from './templates.js';

const fieldsIn = (text: string): string[] => [...text.matchAll(/\{([^}]*)\}/g)].map(([, field = '']) => field);
const languages = ['zh', 'en'] as const;

it('has no field for what belongs to a person, and no other field is in any template', () => {
  const personal = /name|phone|mobile|tel|identity|id$|idnumber|driver|person|address|mail|note|reason|free/i;
  expect(noticeFields.filter((field) => personal.test(field))).toEqual([]);
  for (const name of noticeTemplateNames) {
    for (const language of languages) {
      const unknown = fieldsIn(noticeTemplate(name)[language]).filter(
        (each) => !noticeFields.includes(each as NoticeField),
      );
      expect([name, language, unknown]).toEqual([name, language, []]);
    }
  }
});

it('names a plate only to who drives, takes over or owns that truck', () => {
  const naming = noticeTemplateNames.filter((name) =>
    languages.some((language) => fieldsIn(noticeTemplate(name)[language]).includes('plate')),
  );
  expect(naming.filter((name) => noticeTemplate(name).readers !== 'truck')).toEqual([]);
  expect(naming).toEqual(['called_to_bay', 'call_withdrawn', 'truck_returning', 'no_driver_yet', 'arrival_moved']);
  // Whatever is handed in with it.
  const everything = Object.fromEntries(noticeFields.map((field) => [field, `<${field}>`]));
  for (const name of noticeTemplateNames.filter((each) => noticeTemplate(each).readers === 'duty')) {
    expect(languages.map((language) => noticeText(name, everything, language)).join()).not.toContain('<plate>');
  }
});

it('says the same in both languages', () => {
  for (const name of noticeTemplateNames) {
    const { zh, en } = noticeTemplate(name);
    expect([name, fieldsIn(zh).toSorted()]).toEqual([name, fieldsIn(en).toSorted()]);
  }
});

it('leaves out what is not known', () => {
  expect(noticeText('called_to_bay', { plate: '浙A12345', station: '金东站', bay: '2' }, 'zh')).toBe(
    '请浙A12345到金东站 2号位。',
  );
  expect(noticeText('called_to_bay', { plate: '浙A12345', station: '金东站' }, 'zh')).toBe('请浙A12345到金东站。');
  expect(noticeText('truck_returning', { plate: '浙A12345', station: 'Jindong' }, 'en')).toBe(
    '浙A12345 is on its way back. Its driver is expected there.',
  );
});

it.each(['13800138000', '11010519491231002X', '110105194912310021'])(
  'blots out %s, wherever it comes from',
  (number) => {
    for (const name of noticeTemplateNames) {
      const values = Object.fromEntries(noticeFields.map((field) => [field, number]));
      for (const language of languages) expect(noticeText(name, values, language)).not.toContain(number);
    }
    expect(impersonalValues({ station: `x${number}` })).toEqual({ station: `x${'*'.repeat(number.length)}` });
  },
);
