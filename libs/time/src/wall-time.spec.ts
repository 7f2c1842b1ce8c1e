import { LocalTimeNotUnderstood } from './time.errors.ts';
import { wallTime } from './wall-time.ts';

describe('a local time', () => {
  it.each([
    ['2026-03-08T02:30', '2026-03-08T02:30:00.000Z'],
    ['2026-03-08T02:30:15', '2026-03-08T02:30:15.000Z'],
    ['2024-02-29T00:00', '2024-02-29T00:00:00.000Z'],
  ])('%s is held in UTC fields', (text, held) => {
    expect(wallTime(text).toISOString()).toBe(held);
  });

  it.each([
    '',
    '2026-03-08',
    '2026-03-08T02:30Z',
    '2026-03-08T02:30+02:00',
    '2026-03-08 02:30',
    '2026-02-30T09:00',
    '2026-03-08T24:00',
    '2026-03-08T23:60',
    '2026-03-08T23:59:60',
    '2026-13-01T09:00',
    '2026-3-8T9:00',
    '20260308T023000',
    '２026-03-08T02:30',
    '2026-03-08T02:30\n',
  ])('%j is none', (text) => {
    expect(() => wallTime(text)).toThrow(LocalTimeNotUnderstood);
  });
});
