import { Pace } from './pace.js';

describe('the pace of an endpoint', () => {
  it('has little in hand of one that is slow, and much of one that is fast', () => {
    const pace = new Pace(16);
    expect(pace.reach(0)).toBe(16_000);
    for (let attempt = 0; attempt < 100; attempt += 1) pace.took(100);
    expect(pace.reach(0)).toBe(160);
    for (let attempt = 0; attempt < 100; attempt += 1) pace.took(14_000);
    expect(pace.reach(0)).toBe(16);
    for (let attempt = 0; attempt < 200; attempt += 1) pace.took(2);
    expect(pace.reach(0)).toBeGreaterThan(256);
  });

  it('has little in hand of one that was fast and answers nothing now', () => {
    const pace = new Pace(16);
    for (let attempt = 0; attempt < 100; attempt += 1) pace.took(2);
    expect(pace.reach(14_000)).toBe(16);
  });
});
