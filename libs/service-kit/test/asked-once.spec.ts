import { askedOnce } from '../src/index.ts';

describe('a question that is asked once', () => {
  it('is asked again only when it was answered, well or not', async () => {
    let asked = 0;
    const ask = askedOnce(async () => {
      asked += 1;
      if (asked === 2) throw new Error('The database does not answer.');
      return asked;
    });
    expect(await Promise.all([ask(), ask()])).toEqual([1, 1]);
    const refused = await Promise.allSettled([ask(), ask()]);
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await ask()).toBe(3);
  });
});
