import { monday, type RunningStation, startStation } from '../../../../test/support/start-station.js';
import { PersonalData } from './personal-data.js';
import type { PersonalChanges } from './personal-fields.js';

const lin = { name: '林小路', phone: '13800138000', identityNumber: '11010519491231002X' };
const reader = { caller: 'shift_lead:wu' };
let station: RunningStation;
let data: PersonalData;

beforeAll(async () => {
  station = await startStation();
  data = station.get(PersonalData);
});
afterAll(() => station.close());

async function put(personId: string, changes: PersonalChanges): Promise<void> {
  const sealed = await data.seal(personId, changes);
  await station.database.transaction((tx) => data.put(tx, sealed, station.clock.now(), 'administrator:me'));
}

const read = (personId: string) => data.read(personId, ['name', 'phone', 'identityNumber'], reader);

describe('personal data', () => {
  it('are read as they were written, field by field', async () => {
    await put('driver:R1', lin);
    expect(await read('driver:R1')).toEqual(lin);
    expect(await data.read('driver:R1', ['phone'], reader)).toEqual({ phone: lin.phone });
    await put('driver:R1', { phone: '13900139000', identityNumber: null });
    expect(await read('driver:R1')).toEqual({ name: lin.name, phone: '13900139000' });
    expect(await data.knownFields(['driver:R1', 'driver:R9'])).toEqual(new Map([['driver:R1', ['name', 'phone']]]));
  });

  it('are nowhere in the table in clear text, and open for nobody else', async () => {
    await put('driver:R2', lin);
    await put('driver:R3', lin);
    const rows = await station.database.rows<{ content: Buffer }>(
      `SELECT content FROM station.personal_data WHERE person_id = 'driver:R2'`,
    );
    expect(rows).toHaveLength(3);
    for (const { content } of rows) for (const value of Object.values(lin)) expect(content.includes(value)).toBe(false);
    await station.database.rows(`UPDATE station.personal_data AS mine SET content = other.content
      FROM station.personal_data other WHERE mine.person_id = 'driver:R3' AND other.person_id = 'driver:R2' AND mine.field = other.field`);
    await expect(read('driver:R3')).rejects.toThrow();
  });

  it('leave a record of each reading, without what was read', async () => {
    await put('driver:R4', lin);
    await data.read('driver:R4', ['name', 'phone'], reader);
    await data.readMany(['driver:R4', 'driver:R5'], ['name'], { caller: 'operator:lin' });
    expect(
      await station.database.rows(
        `SELECT person_id, caller, fields, read_at FROM station.personal_data_reads
         WHERE person_id IN ('driver:R4', 'driver:R5') ORDER BY read_no`,
      ),
    ).toEqual([
      { person_id: 'driver:R4', caller: 'shift_lead:wu', fields: ['name', 'phone'], read_at: monday },
      { person_id: 'driver:R4', caller: 'operator:lin', fields: ['name'], read_at: monday },
      { person_id: 'driver:R5', caller: 'operator:lin', fields: ['name'], read_at: monday },
    ]);
  });

  it('are gone for good once they are erased', async () => {
    await put('driver:R6', lin);
    await station.database.transaction((tx) => data.erase(tx, 'driver:R6', monday, 'administrator:me', 'left'));
    const gone = expect.objectContaining({ code: 'PERSONAL_DATA.ERASED' });
    await expect(read('driver:R6')).rejects.toEqual(gone);
    await expect(put('driver:R6', lin)).rejects.toEqual(gone);
    expect((await data.readMany(['driver:R6'], ['name'], reader)).size).toBe(0);
    expect(await station.database.rows(`SELECT * FROM station.personal_data WHERE person_id = 'driver:R6'`)).toEqual(
      [],
    );
  });

  it('are refused where the keystore is another one, and are not taken for erased', async () => {
    await station.database.rows(
      `INSERT INTO station.personal_data (person_id, field, content, changed_at, changed_by)
       VALUES ('driver:R7', 'name', '\\x01', now(), 'administrator:me')`,
    );
    await expect(read('driver:R7')).rejects.toThrow('is it the right keystore?');
  });
});
