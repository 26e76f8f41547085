import { Caller } from '@yizhan/identity';
import { claimedSigner, signerOf } from './signer.js';

const driver = new Caller({ sub: 'driver:R1', role: 'driver', driverId: 'R1', isLink: true });
const signedIn = new Caller({ sub: 'driver:R1', role: 'driver', driverId: 'R1' });
const lin = new Caller({ sub: 'operator:lin', role: 'operator', stations: ['JD'] });
const root = new Caller({ sub: 'root', role: 'administrator' });
const problem = (code: string) => expect.objectContaining({ code }) as Error;

describe('one by one', () => {
  test('a driver signs for himself, and for nobody else', () => {
    expect(signerOf(driver, { role: 'oncoming' })).toEqual({ role: 'oncoming', personId: 'R1', method: 'link' });
    expect(signerOf(signedIn, { role: 'oncoming' })).toMatchObject({ method: 'token' });
    expect(() => signerOf(driver, { role: 'oncoming', personId: 'R2' })).toThrow(problem('IDENTITY.NOT_YOUR_DRIVER'));
    expect(() => signerOf(driver, { role: 'witness' })).toThrow(problem('SIGNATURE.NOT_A_WITNESS'));
    expect(() => signerOf(driver, { role: 'oncoming', method: 'pin' })).toThrow(problem('SIGNATURE.BY_OWN_TOKEN'));
  });

  test('the operator is the witness, and stands in for an absent driver, under his own id', () => {
    expect(signerOf(lin, { role: 'witness' })).toEqual({ role: 'witness', personId: 'operator:lin', method: 'token' });
    expect(() => signerOf(lin, { role: 'witness', personId: 'operator:chen' })).toThrow(
      problem('SIGNATURE.WITNESS_IS_ANOTHER'),
    );
    expect(signerOf(lin, { role: 'offgoing', method: 'operator_for_absent' })).toMatchObject({
      personId: 'operator:lin',
    });
  });

  test('who signs on the tablet is proven by his PIN, or has signed by hand', () => {
    expect(signerOf(lin, { role: 'oncoming', personId: 'R1', pin: '123456' })).toMatchObject({ method: 'pin' });
    expect(signerOf(lin, { role: 'oncoming', personId: 'R1', method: 'paper' })).toMatchObject({ method: 'paper' });
    for (const stated of [{}, { method: 'pin' }, { method: 'paper', pin: '123456' }] as const) {
      expect(() => signerOf(lin, { role: 'oncoming', personId: 'R1', ...stated })).toThrow(
        problem('SIGNATURE.NOT_PROVEN'),
      );
    }
    expect(() => signerOf(lin, { role: 'oncoming', method: 'paper' })).toThrow(problem('SIGNATURE.NOBODY'));
  });
});

describe('in a completion', () => {
  test.each([
    ['a PIN that nobody has typed', lin, { role: 'oncoming', personId: 'R1', method: 'pin' }, 'SIGNATURE.NOT_PROVEN'],
    [
      'a link that he has not used',
      lin,
      { role: 'oncoming', personId: 'R1', method: 'link' },
      'SIGNATURE.NOT_VERIFIED',
    ],
    [
      'another operator’s token',
      lin,
      { role: 'witness', personId: 'operator:chen', method: 'token' },
      'SIGNATURE.WITNESS_IS_ANOTHER',
    ],
    ['the witness’s PIN', lin, { role: 'witness', personId: 'operator:lin', method: 'pin' }, 'SIGNATURE.NOT_VERIFIED'],
    [
      'a token that is not the administrator’s',
      root,
      { role: 'witness', personId: 'operator:lin', method: 'token' },
      'SIGNATURE.NOT_VERIFIED',
    ],
  ] as const)('%s can not be claimed', (_what, caller, signer, code) => {
    expect(() => claimedSigner(caller, signer)).toThrow(problem(code));
  });

  test.each([
    [lin, { role: 'oncoming', personId: 'R1', method: 'paper' }],
    [lin, { role: 'oncoming', personId: 'R1', method: 'pin', pin: '123456' }],
    [lin, { role: 'offgoing', personId: 'operator:lin', method: 'operator_for_absent' }],
    [lin, { role: 'witness', personId: 'operator:lin', method: 'token' }],
    [root, { role: 'witness', personId: 'operator:lin', method: 'paper' }],
  ] as const)('%#: what is proven, or vouched for, can', (caller, signer) => {
    expect(claimedSigner(caller, signer)).toEqual(signer);
  });
});
