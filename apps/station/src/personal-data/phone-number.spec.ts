import { phoneNumberIn } from './phone-number.js';

describe('a phone number', () => {
  it.each([
    ['13800138000', '13800138000'],
    ['+86 138-0013-8000', '13800138000'],
    ['0579-85123456', '057985123456'],
    ['+44 20 7946 0958', '+442079460958'],
  ])('%s is kept as %s', (text, kept) => {
    expect(phoneNumberIn(text)).toBe(kept);
  });

  it.each([
    '',
    '12800138000',
    '1380013800',
    '138001380000',
    'call me',
    '+86 12',
    '+',
    '1380013800O',
    '--',
    '+0123456789',
  ])('%j is none', (text) => {
    expect(phoneNumberIn(text)).toBeUndefined();
  });
});
