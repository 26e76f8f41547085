import { Room } from './room.js';

describe('the room of a process', () => {
  it('is not taken whole by those who came first', () => {
    const room = new Room(2_048);
    const held = Array.from({ length: 8 }, () => room.take(256, 0));
    // What each of them would take if it were asked for more, for as long as it is given more.
    for (let more = 1; more > 0;) {
      more = 0;
      for (const [index, has] of held.entries()) {
        const given = room.take(256 - has, has);
        held[index] = has + given;
        more += given;
      }
    }
    const left = 2_048 - room.taken;
    expect(left).toBeGreaterThanOrEqual(128);
    expect(room.take(64, 0)).toBe(64);
  });

  it('gives one to everybody, also where there is none left', () => {
    const room = new Room(16);
    for (let endpoint = 0; endpoint < 100; endpoint += 1) expect(room.take(256, 0)).toBeGreaterThanOrEqual(1);
    expect(room.take(256, 1)).toBe(0);
    room.giveBack(room.taken);
    expect(room.take(256, 0)).toBe(8);
  });
});
