import fc from 'fast-check';
import { project } from './project.js';

const place = fc.record({
  latitude: fc.double({ min: 27, max: 31.5, noNaN: true }),
  longitude: fc.double({ min: 118, max: 123, noNaN: true }),
});

it('keeps every place on the sheet, and north above south', () => {
  fc.assert(
    fc.property(fc.array(place, { maxLength: 100 }), (places) => {
      const points = project(places);
      expect(points.every(({ x, y }) => x > 11.99 && x < 88.01 && y > 11.99 && y < 88.01)).toBe(true);
      places.forEach((one, index) => {
        const [first] = places;
        if (first && one.latitude > first.latitude + 1e-6) expect(points[index]?.y).toBeLessThan(points[0]?.y ?? NaN);
      });
    }),
  );
});

it('puts a single one in the middle', () => {
  expect(project([{ latitude: 29, longitude: 120 }])).toEqual([{ x: 50, y: 50 }]);
  expect(project([])).toEqual([]);
});
