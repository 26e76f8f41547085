import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { carrier, jindong, openNetwork, outsideDriver, pujiang } from '../../../../test/support/network.js';
import { idOf, Relay } from '../../../../test/support/relay.js';
import { type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { type HttpCaller, stationOverHttp, type StationOverHttp } from '../../../../test/support/station-over-http.js';
import { Retention } from '../retention/retention.js';

const day = 24 * 3_600_000;
const jpeg = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from(text)]);
const digestOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

let station: RunningStation;
let http: StationOverHttp;
let operator: HttpCaller;

beforeAll(async () => {
  station = await startStation();
  await openNetwork(station);
  http = await stationOverHttp(station);
  operator = http.as({ role: 'operator', stations: [jindong] });
  const relay = new Relay(station);
  for (const each of ['a', 'b', 'c']) {
    await outsideDriver(station, `O-${each}`);
    await relay.arrive(each, `浙G1000${each}`, `O-${each}`, 'into_zone');
  }
});
afterAll(async () => {
  expect(http.faults).toEqual([]);
  await http.close();
  await station.close();
});

const of = (visit: string): string => `/api/v1/visits/${idOf(visit)}`;
const send = (visit: string, content: Buffer | NodeJS.ReadableStream, type = 'image/jpeg', caller = operator) =>
  caller.send(`${of(visit)}/photos`, content, { 'content-type': type });

describe('a photo', () => {
  const photo = jpeg('seal of truck 1');

  it('is kept encrypted, and given back as it was to the staff of its station', async () => {
    expect(await send('a', photo)).toMatchObject({
      status: 201,
      body: { sha256: digestOf(photo), mediaType: 'image/jpeg', bytes: photo.length },
    });
    const { status, headers, bytes: raw } = await operator.get(`${of('a')}/photos/${digestOf(photo)}`);
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, 'image/jpeg', 'no-store']);
    expect(raw.equals(photo)).toBe(true);
    const [row] = await station.database.rows<{ content: Buffer }>('SELECT content FROM station.attachments');
    expect(row.content.includes('seal of truck 1')).toBe(false);
  });

  it('is kept once, however often it is sent', async () => {
    await send('a', photo);
    await send('a', photo, 'image/png');
    const { body } = await operator.get(`${of('a')}/attachments`);
    expect(body.photos).toEqual([{ sha256: digestOf(photo), mediaType: 'image/jpeg', bytes: photo.length }]);
  });

  it('leaves a record of who has looked', async () => {
    const rows = await station.database.rows(
      `SELECT caller, fields FROM station.personal_data_reads WHERE person_id = 'visit:${idOf('a')}'`,
    );
    expect(rows).toEqual([{ caller: 'operator:test', fields: [`photo ${digestOf(photo)}`] }]);
  });

  it.each([
    ['no picture', Buffer.from('<svg onload=alert(1)>'), 'image/png', 415, 'REQUEST.MEDIA_TYPE'],
    ['sent as something else', photo, 'application/octet-stream', 415, 'REQUEST.MEDIA_TYPE'],
    ['sent as JSON', Buffer.from('{}'), 'application/json', 415, 'REQUEST.MEDIA_TYPE'],
    ['empty', Buffer.alloc(0), 'image/jpeg', 415, 'REQUEST.MEDIA_TYPE'],
    ['too large', jpeg('x'.repeat(8 * 1024 * 1024)), 'image/jpeg', 413, 'REQUEST.TOO_LARGE'],
  ])('is refused where it is %s', async (_what, content, type, status, code) => {
    const answer = await send('a', content, type);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('is cut off where it grows too large on the way', async () => {
    function* endless() {
      for (let sent = 0; sent < 100; sent += 1) yield sent === 0 ? jpeg('') : Buffer.alloc(128 * 1024);
    }
    const answer = await send('a', Readable.from(endless()));
    expect([answer.status, answer.body.code]).toEqual([413, 'REQUEST.TOO_LARGE']);
  });

  it('is taken by no other route', async () => {
    const answer = await operator.send('/api/v1/visits', photo, { 'content-type': 'image/jpeg' });
    expect([answer.status, answer.body.code]).toEqual([415, 'REQUEST.MEDIA_TYPE']);
  });

  it('is not for other stations, drivers or carriers', async () => {
    const elsewhere = http.as({ role: 'operator', stations: [pujiang] });
    expect((await send('a', photo, 'image/jpeg', elsewhere)).status).toBe(403);
    for (const caller of [
      elsewhere,
      http.as({ role: 'driver', driverId: 'O-a' }),
      http.as({ role: 'carrier', carrierId: carrier }),
    ]) {
      expect((await caller.get(`${of('a')}/photos/${digestOf(photo)}`)).status).toBe(403);
    }
  });

  it('is found at its own visit alone', async () => {
    expect((await operator.get(`${of('b')}/photos/${digestOf(photo)}`)).body).toMatchObject({
      code: 'PHOTO.NOT_FOUND',
    });
    const nowhere = await operator.get(`/api/v1/visits/${idOf('nowhere')}/attachments`);
    expect(nowhere.body).toMatchObject({ code: 'VISIT.NOT_FOUND' });
  });

  it('that a handoff names is missing until it is uploaded', async () => {
    const named = jpeg('before the swap of b');
    const handoffId = idOf('handoff b');
    await station.database.rows(
      `INSERT INTO station.handoffs (handoff_id, visit_id, station_code, try_no, state, ready_at, evidence)
       VALUES ($1, $2, $3, 1, 'completed', now(), $4)`,
      [handoffId, idOf('b'), jindong, JSON.stringify({ photos: [{ stage: 'before', sha256: digestOf(named) }] })],
    );
    const missing = async () => (await operator.get(`${of('b')}/attachments`)).body.missingPhotos;
    expect(await missing()).toEqual([{ handoffId, stage: 'before', sha256: digestOf(named) }]);
    await send('b', named);
    expect(await missing()).toEqual([]);
  });
});

describe('a note', () => {
  it('is named by a salted hash, and read by it', async () => {
    const text = '左后轮有划痕\n司机已确认';
    const [first, second] = [
      await operator.post(`${of('a')}/notes`, { text }),
      await operator.post(`${of('a')}/notes`, { text }),
    ];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(first.body.noteHash).not.toEqual(second.body.noteHash);
    expect(first.body.noteHash).not.toEqual(digestOf(Buffer.from(text)));
    expect((await operator.get(`${of('a')}/notes/${String(first.body.noteHash)}`)).body).toEqual({ text });
  });

  it('gets the answer of before where it is sent again', async () => {
    const body = { text: 'once' };
    const first = await operator.post(`${of('a')}/notes`, body, 'note');
    expect((await operator.post(`${of('a')}/notes`, body, 'note')).body).toEqual(first.body);
    expect((await operator.post(`${of('a')}/notes`, { text: 'twice' }, 'note')).status).toBe(422);
  });

  it.each([[''], [' \n '], ['\u0007'], ['x'.repeat(4001)]])('is refused as %j', async (text) => {
    expect((await operator.post(`${of('a')}/notes`, { text })).status).toBe(400);
  });
});

describe('what is kept', () => {
  it('goes when its time is over, and with the last of a visit its key', async () => {
    const photo = jpeg('of visit c');
    await send('c', photo);
    const { body: note } = await operator.post(`${of('c')}/notes`, { text: 'of visit c' });
    const retention = station.get(Retention);
    expect(await retention.fireDue()).toBe(0);
    station.clock.moveTo(station.clock.now() + 181 * day);
    await retention.fireDue();
    expect((await operator.get(`${of('c')}/attachments`)).body).toMatchObject({
      photos: [],
      notes: [{ noteHash: note.noteHash }],
    });
    station.clock.moveTo(station.clock.now() + 185 * day);
    await retention.fireDue();
    const gone = await operator.get(`${of('c')}/notes/${String(note.noteHash)}`);
    expect([gone.status, gone.body.code]).toEqual([410, 'PERSONAL_DATA.ERASED']);
    expect((await send('c', photo)).status).toBe(410);
    expect(await station.database.rows('SELECT owner FROM station.attachments')).toEqual([]);
  });

  it('is looked at once an hour', async () => {
    const retention = station.get(Retention);
    await retention.fireDue();
    await station.database.rows(
      `INSERT INTO station.attachments (owner, digest, kind, media_type, bytes, content, added_at, added_by, expires_at)
       VALUES ('visit:x', 'y', 'note', 'text/plain', 1, '', now(), 'x', '2000-01-01')`,
    );
    expect(await retention.fireDue()).toBe(0);
    station.clock.moveTo(station.clock.now() + day / 24);
    expect(await retention.fireDue()).toBe(1);
  });
});
