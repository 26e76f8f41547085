import { type NewSession, type Session, SessionKeeper, SessionOver, type SessionPorts } from './session.js';

const over = new Error('the session has ended');
const minute = 60_000;

/** Nobody was signed in anywhere else. */
const aside: SessionPorts['aside'] = { put: () => undefined, take: () => undefined };

function keeperWith(refresh: SessionPorts['refresh'], now = 0) {
  let kept: Session | undefined;
  const time = { now };
  const keeper = new SessionKeeper({
    read: () => kept,
    write: (session) => (kept = session),
    aside,
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
  installationId: 'station',
});

const ofWang = (token: string): NewSession => ({ ...session(token), accountId: 'operator:wang' });

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
    aside,
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

/** Two tabs of one browser: what one writes the other reads, and is told of. */
function twoTabs(refresh: SessionPorts['refresh']) {
  let kept: Session | undefined;
  const time = { now: 0 };
  let last: Promise<unknown> = Promise.resolve();
  const tab = (patience?: number) =>
    new SessionKeeper(
      {
        read: () => kept,
        write: (next) => (kept = next),
        aside,
        refresh,
        isOver: (error) => error === over,
        alone: (work) => {
          const done = last.then(work);
          last = done.catch(() => undefined);
          return done;
        },
        now: () => time.now,
      },
      patience,
    );
  return { tab, time };
}

function answerToCome() {
  let resolve: (answer: NewSession) => void = () => undefined;
  let reject: (why: Error) => void = () => undefined;
  const promise = new Promise<NewSession>((...both) => ([resolve, reject] = both));
  return { promise, resolve, reject };
}

const turns = () => new Promise((resolve) => setImmediate(resolve));

it('lets nobody wait for ever where somebody signs out, here or in another tab', async () => {
  const { tab } = twoTabs(never);
  const [one, other] = [tab(), tab()];
  for (const signOut of [() => one.forget(), () => (other.forget(), one.look())]) {
    one.begin(session('one'));
    one.end();
    const waiting = Promise.all([one.token(), one.token()]);
    signOut();
    await expect(waiting).rejects.toThrow(SessionOver);
    expect([one.state, await one.token()]).toEqual(['nobody', '']);
    one.end();
    expect(one.state).toBe('nobody');
  }
});

it('holds up no other tab while a person has to sign in again', async () => {
  const { tab, time } = twoTabs(() => Promise.reject(over));
  const [one, other] = [tab(), tab()];
  one.begin(session('one'));
  time.now = 20 * minute;
  const here = one.token();
  const there = other.token();
  await turns();
  expect([one.state, other.state]).toEqual(['ended', 'ended']);
  other.begin(session('two'));
  one.look();
  expect(await Promise.all([here, there])).toEqual(['two', 'two']);
});

it('gives no token of another account to who has asked, nor where one is named', async () => {
  const { tab } = twoTabs(never);
  const [one, other] = [tab(), tab()];
  one.begin(session('one'));
  one.end();
  const waiting = one.token();
  other.begin(ofWang('two'));
  one.look();
  await expect(waiting).rejects.toThrow(SessionOver);
  await expect(one.token('operator:lin')).rejects.toThrow('operator:lin is not signed in any more');
  expect([await one.token('operator:wang'), await one.token()]).toEqual(['two', 'two']);
});

it.each(['renewed', 'refused'] as const)('keeps a newer session where one comes late that was %s', async (outcome) => {
  const answer = answerToCome();
  const { tab, time } = twoTabs(() => answer.promise);
  const [one, other] = [tab(), tab()];
  one.begin(session('one'));
  time.now = 20 * minute;
  const waiting = one.token();
  await turns();
  other.begin(ofWang('two'));
  if (outcome === 'renewed') answer.resolve(session('late'));
  else answer.reject(over);
  await expect(waiting).rejects.toThrow(SessionOver);
  expect([one.state, one.accountId, await one.token()]).toEqual(['signed_in', 'operator:wang', 'two']);
});

it('does not sign in again who has signed out while his token was renewed', async () => {
  const answer = answerToCome();
  const { tab, time } = twoTabs(() => answer.promise);
  const one = tab();
  one.begin(session('one'));
  time.now = 20 * minute;
  const waiting = one.token();
  await turns();
  one.forget();
  answer.resolve(session('late'));
  await expect(waiting).rejects.toThrow(SessionOver);
  expect(one.state).toBe('nobody');
});

it('waits for no renewal that has no answer', async () => {
  const { tab, time } = twoTabs(
    (_token, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
  );
  const one = tab(1);
  one.begin(session('one'));
  time.now = 20 * minute;
  await expect(one.token()).rejects.toThrow(/timeout/);
  expect(one.state).toBe('signed_in');
});

it('tells that somebody has left, before who is there now is shown: signed out, here or in another tab, or another one instead', () => {
  let kept: Session | undefined;
  const keeper = new SessionKeeper({
    read: () => kept,
    write: (written) => (kept = written),
    aside,
    refresh: never,
    isOver: () => false,
    alone: (work) => work(),
    now: () => 0,
  });
  const told: string[] = [];
  keeper.onLeaving(() => told.push('left'));
  keeper.subscribe(() => told.push(keeper.accountId ?? 'nobody'));
  keeper.begin(session('one'));
  keeper.begin(session('two'));
  expect(told.splice(0)).toEqual(['operator:lin', 'operator:lin']);
  keeper.end();
  keeper.forget();
  expect(told.splice(0)).toEqual(['operator:lin', 'left', 'nobody']);
  keeper.begin(session('three'));
  keeper.begin(ofWang('four'));
  expect(told.splice(0)).toEqual(['operator:lin', 'left', 'operator:wang']);
  kept = undefined;
  keeper.look();
  expect(told.splice(0)).toEqual(['left', 'nobody']);
  keeper.begin(session('five'));
  kept = { ...ofWang('six'), endsAt: 0 };
  keeper.look();
  expect(told).toEqual(['operator:lin', 'left', 'operator:wang']);
});

/** One address that leads to several installations, one after the other. */
function atOneAddress() {
  let kept: Session | undefined;
  const others = new Map<string, Session>();
  const keeper = new SessionKeeper({
    read: () => kept,
    write: (next) => (kept = next),
    aside: {
      put: (one) => others.set(one.installationId ?? '', one),
      take: (installationId) => {
        const one = others.get(installationId);
        others.delete(installationId);
        return one;
      },
    },
    refresh: never,
    isOver: () => false,
    alone: (work) => work(),
    now: () => 0,
  });
  const left: (string | undefined)[] = [];
  keeper.onLeaving(() => left.push(keeper.installationId));
  return { keeper, left, others };
}

const atDemonstration = (token: string): NewSession => ({ ...session(token), installationId: 'demonstration' });

it('sets a session aside while another installation answers at its address, and takes it up again with its own', async () => {
  const { keeper, left, others } = atOneAddress();
  keeper.begin(session('one'));
  keeper.meet('station');
  expect([keeper.state, left]).toEqual(['signed_in', []]);
  keeper.meet('demonstration');
  expect([keeper.state, await keeper.token(), left]).toEqual(['nobody', '', [undefined]]);
  keeper.begin(atDemonstration('two'));
  keeper.meet('station');
  expect([await keeper.token(), left]).toEqual(['one', [undefined, 'station']]);
  keeper.forget();
  keeper.meet('station');
  expect(keeper.state).toBe('nobody');
  keeper.meet('demonstration');
  expect([await keeper.token(), [...others.keys()]]).toEqual(['two', []]);
});

it('gives what was asked for at one installation no token of another one, whoever has signed in there', async () => {
  const { keeper, left } = atOneAddress();
  keeper.begin(session('one'));
  keeper.end();
  const waiting = keeper.token('operator:lin');
  keeper.begin(atDemonstration('two'));
  await expect(waiting).rejects.toThrow(SessionOver);
  expect([await keeper.token(), left]).toEqual(['two', ['demonstration']]);
  keeper.meet('station');
  expect(await keeper.token()).toBe('one');
});

it('takes a session from before there were ids for one of the installation that renews it', () => {
  const { keeper, left } = atOneAddress();
  keeper.begin({ ...session('one'), installationId: undefined } as unknown as NewSession);
  keeper.meet('station');
  keeper.begin(session('two'));
  expect([keeper.installationId, left]).toEqual(['station', []]);
});
