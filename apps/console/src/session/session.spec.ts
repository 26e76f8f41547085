import { type NewSession, type Session, SessionKeeper, type SessionPorts } from './session.js';

const over = new Error('the session has ended');
const minute = 60_000;

function keeperWith(refresh: SessionPorts['refresh'], now = 0) {
  let kept: Session | undefined;
  const time = { now };
  const keeper = new SessionKeeper({
    read: () => kept,
    write: (session) => (kept = session),
    refresh,
    isOver: (error) => error === over,
    alone: (work) => work(),
    now: () => time.now,
  });
  return { keeper, time };
}

const session = (token: string): NewSession => ({
  accountId: 'operator:lin',
  token,
  refreshToken: `refresh of ${token}`,
  expiresInSeconds: 900,
});

const never = () => Promise.reject(new Error('it was not to be renewed'));

it('gives the token while it is good, and nothing to nobody', async () => {
  const { keeper } = keeperWith(never);
  expect([keeper.state, await keeper.token()]).toEqual(['nobody', '']);
  keeper.begin(session('one'));
  expect([keeper.state, await keeper.token()]).toEqual(['signed_in', 'one']);
});

it('renews it shortly before it ends', async () => {
  const asked: string[] = [];
  const { keeper, time } = keeperWith((refreshToken) => {
    asked.push(refreshToken);
    return Promise.resolve(session('two'));
  });
  keeper.begin(session('one'));
  time.now = 14.5 * minute;
  expect(await keeper.token()).toBe('two');
  expect(await keeper.token()).toBe('two');
  expect(asked).toEqual(['refresh of one']);
});

it('lets requests wait where the session has ended, until somebody has signed in again', async () => {
  const { keeper, time } = keeperWith(() => Promise.reject(over));
  const states: string[] = [];
  keeper.subscribe(() => states.push(keeper.state));
  keeper.begin(session('one'));
  time.now = 20 * minute;
  const waiting = Promise.all([keeper.token(), keeper.token()]);
  await Promise.resolve();
  keeper.begin(session('three'));
  expect(await waiting).toEqual(['three', 'three']);
  expect(states.at(-1)).toBe('signed_in');
});

it('says when the network failed, and ends nothing then', async () => {
  const { keeper, time } = keeperWith(() => Promise.reject(new Error('no network')));
  keeper.begin(session('one'));
  time.now = 20 * minute;
  await expect(keeper.token()).rejects.toThrow('no network');
  expect(keeper.state).toBe('signed_in');
});

it('waits too where the service has refused a token that seemed good', async () => {
  const { keeper } = keeperWith(never);
  keeper.begin(session('one'));
  keeper.end();
  expect(keeper.state).toBe('ended');
  const waiting = keeper.token();
  keeper.begin(session('two'));
  expect(await waiting).toBe('two');
});

it('forgets who signs out', () => {
  const { keeper } = keeperWith(never);
  keeper.begin(session('one'));
  keeper.forget();
  expect([keeper.state, keeper.accountId]).toEqual(['nobody', undefined]);
});

it('goes on where another tab has signed in', async () => {
  let kept: Session | undefined;
  const keeper = new SessionKeeper({
    read: () => kept,
    write: (next) => (kept = next),
    refresh: never,
    isOver: () => false,
    alone: (work) => work(),
    now: () => 0,
  });
  keeper.begin(session('one'));
  keeper.end();
  const waiting = keeper.token();
  kept = { accountId: 'operator:lin', token: 'two', refreshToken: 'refresh of two', endsAt: 900_000 };
  keeper.look();
  expect([await waiting, keeper.state]).toEqual(['two', 'signed_in']);
});
