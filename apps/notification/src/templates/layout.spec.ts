import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { confirmed, olena, sam, write } from '../../test/letters.ts';

const layout = readFileSync(join(__dirname, 'layout.html'), 'utf8');

/** What is written upon what, by daylight and in the dark. */
const PAIRS = {
  light: [
    ['#1b1f24', '#ffffff'],
    ['#5b6470', '#ffffff'],
    ['#ffffff', '#0b5fd0'],
  ],
  dark: [
    ['#f0f1f3', '#202328'],
    ['#a8afb9', '#202328'],
    ['#10131a', '#6ea8fe'],
  ],
} as const;
/** Grounds and lines, upon which nothing is written. */
const BARE = ['#f2f4f6', '#dfe3e8', '#15171a', '#363b42'];

/** How bright a colour is (WCAG 2.2, relative luminance). */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string, other: string): number {
  const [bright, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number];
  return (bright + 0.05) / (dark + 0.05);
}

describe('the layout of mails', () => {
  it.each([...PAIRS.light, ...PAIRS.dark])('can be read: %s upon %s', (ink, ground) => {
    expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it('has no colour that nobody has looked at', () => {
    const used = new Set(layout.match(/#[0-9a-f]{6}\b/gi)?.map((colour) => colour.toLowerCase()));
    expect(
      [...used].filter(
        (colour) => ![...PAIRS.light, ...PAIRS.dark].flat().includes(colour as never) && !BARE.includes(colour),
      ),
    ).toEqual([]);
  });

  it('loads nothing, and runs nothing', () => {
    expect(layout).not.toMatch(/<img|<script|<link|@import|url\(|src=|\son\w+=/i);
  });

  it('says what it is to whoever does not see it', () => {
    expect(layout).toMatch(/<html lang="\{\{ language \}\}" dir="ltr"/);
    expect(layout.match(/<h1/g)).toHaveLength(1);
    const tables = layout.match(/<table[^>]*>/g) ?? [];
    // Those that only hold things in their places say so; the one with the facts has heads of rows.
    expect(tables.filter((table) => !table.includes('role="presentation"'))).toHaveLength(1);
    expect(layout).toContain('scope="row"');
  });

  it('says in plain text and its subject all that it says below its headline', () => {
    for (const [reader, other] of [
      [sam, 'Olena'],
      [olena, 'Sam'],
    ] as const) {
      const { subject, text, html } = write({ kind: 'booking_confirmed', event: confirmed }, reader, other);
      const shown = html.replaceAll(
        /<style[\s\S]*?<\/style>|<title>.*?<\/title>|<h1[\s\S]*?<\/h1>|<!--[\s\S]*?-->|<[^>]+>/g,
        ' ',
      );
      const words = (of: string) => new Set(of.match(/[\p{L}\p{N}]+/gu));
      expect(
        [...words(shown)].filter(
          (word) => !words(`${subject} ${text}`).has(word) && word !== 'nbsp' && word !== '8199',
        ),
      ).toEqual([]);
    }
  });
});
