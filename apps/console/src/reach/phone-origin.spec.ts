import { phoneOrigin } from './phone-origin.js';

const pageAt = (address: string) => new URL(address);
const lan = 'https://192.168.1.5:7743';

it.each(['http://127.0.0.1:7700', 'http://localhost:7700', 'http://[::1]:7700'])(
  'of a page at %s is where the product says that phones find it, and nothing where it says nothing',
  (address) => {
    expect(phoneOrigin(pageAt(address), lan)).toBe(lan);
    expect(phoneOrigin(pageAt(address), undefined)).toBeUndefined();
  },
);

it('of a page that was opened at another address is that address', () => {
  expect(phoneOrigin(pageAt('https://yizhan.example/station/a'), undefined)).toBe('https://yizhan.example');
});
