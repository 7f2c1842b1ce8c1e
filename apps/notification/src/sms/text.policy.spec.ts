import { segmentsOf } from './segments.policy.ts';
import { textOf } from './text.policy.ts';

const ID = '0199a1b2-0000-7000-8000-00000000abcd';
const text = (brief: string, link?: string) => textOf({ brief, ...(link && { action: { label: 'Join', link } }) }, ID);

describe('a text', () => {
  it('says the brief and the link, and ends with what no other text ends with', () => {
    expect(text('Soon: lesson with Olena, 2:00 PM EET.', 'https://meet.example.org/1')).toBe(
      'Soon: lesson with Olena, 2:00 PM EET. https://meet.example.org/1 (00ABCD)',
    );
    expect(text('Soon.')).toBe('Soon. (00ABCD)');
  });

  it.each([
    ['a script', 'javascript:alert(1)'],
    ['more than a link', 'https://meet.example.org/1 and more'],
    ['letters that look like others', 'https://mеet.example.org/1'],
  ])('leaves out a link that is %s', (_what, link) => {
    expect(text('Soon.', link)).toBe('Soon. (00ABCD)');
  });

  it('leaves out a link for which there is no room', () => {
    const brief = 'x'.repeat(200);
    expect(text(brief, `https://example.org/${'y'.repeat(60)}`)).toContain('https://');
    expect(text(brief, `https://example.org/${'y'.repeat(300)}`)).toBe(`${brief} (00ABCD)`);
  });

  it('says in plain signs what alone would make it dear', () => {
    expect(text('“Olena’s” lesson – 2:00\u202fPM\u00a0…')).toBe(`"Olena's" lesson - 2:00 PM ... (00ABCD)`);
  });

  it.each([
    ['words', 'lesson '.repeat(60), 306],
    ['words of another alphabet', 'урок '.repeat(60), 134],
    ['one word without end', 'x'.repeat(400), 306],
    ['faces of several parts', '👩‍👩‍👧‍👦'.repeat(40), 134],
  ])('is cut where %s are too many, and still ends as it must', (_what, brief, most) => {
    const cut = text(brief);
    expect(cut).toMatch(/(?<! )\.\.\. \(00ABCD\)$/);
    expect(segmentsOf(cut)).toBe(2);
    expect(cut.length).toBeGreaterThan(most - 15);
    expect(cut.length).toBeLessThanOrEqual(most);
    expect(cut.isWellFormed()).toBe(true);
    expect(brief.startsWith(cut.slice(0, cut.indexOf('...')))).toBe(true);
  });

  it('is one line, and steers nothing', () => {
    expect(text('Eve\r\nTo: +1900\u2028\u202egnp.exe\u202c\u0000 \ud800x')).toBe(
      'Eve To: +1900 gnp.exe \ufffdx (00ABCD)',
    );
  });
});
