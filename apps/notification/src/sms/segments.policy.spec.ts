import { segmentsOf } from './segments.policy.ts';

describe('a text travels in as many segments as', () => {
  it.each([
    ['nothing needs', '', 1],
    ['160 plain characters need', 'x'.repeat(160), 1],
    ['161 plain characters need', 'x'.repeat(161), 2],
    ['306 plain characters need', 'x'.repeat(306), 2],
    ['307 plain characters need', 'x'.repeat(307), 3],
    ['80 signs that count twice need', '€'.repeat(80), 1],
    ['81 signs that count twice need', '€'.repeat(81), 2],
    // 76 of them fill 152 of 153 places: the 77th begins the next segment.
    ['153 signs that count twice need', '€'.repeat(153), 3],
    ['70 letters of another alphabet need', 'ж'.repeat(70), 1],
    ['71 letters of another alphabet need', 'ж'.repeat(71), 2],
    ['134 letters of another alphabet need', 'ж'.repeat(134), 2],
    ['135 letters of another alphabet need', 'ж'.repeat(135), 3],
    ['one strange letter among plain ones needs', `${'x'.repeat(70)}ê`, 2],
    ['35 faces need', '😀'.repeat(35), 1],
    // 33 faces fill 66 of 67 places, and none is cut in two.
    ['67 faces need', '😀'.repeat(67), 3],
  ])('%s', (_what, text, segments) => {
    expect(segmentsOf(text)).toBe(segments);
  });
});
