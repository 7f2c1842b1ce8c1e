import { masked, Personal } from './personal.ts';

class Someone {
  @Personal() readonly nickname!: string;
  @Personal() readonly name!: string;
}

describe('what a log may have', () => {
  it.each([
    ['an address', 'no box ann.lee+x@mail.example.org here', 'no box [email] here'],
    ['an address in letters of its own', 'пошта@приклад.укр', '[email]'],
    ['a Message-ID', '<booking.1@lessons.example>', '<[email]>'],
    ['a phone', 'call +380 44 123-45-67 now', 'call [phone] now'],
    ['a phone without spaces', 'to=+380441234567', 'to=[phone]'],
    ['a token', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.sig', '[token]'],
    ['an offset', '2026-12-01T16:00:00+02:00', '2026-12-01T16:00:00+02:00'],
    ['an id', '3f2b8c1e-6c39-4b52-9a57-0d9c1f6f7a10', '3f2b8c1e-6c39-4b52-9a57-0d9c1f6f7a10'],
    ['a package', '/node_modules/@nestjs/core/index.js', '/node_modules/@nestjs/core/index.js'],
  ])('shows %s rightly', (_what, text, shown) => {
    expect(masked({ deep: [text] })).toEqual({ deep: [shown] });
  });

  it('is nothing of a field that is tagged, wherever it stands', () => {
    expect(new Someone()).toBeDefined();
    expect(masked({ user: { nickname: 'Al', name: 'Alan', id: 7 } })).toEqual({
      user: { nickname: '[personal]', name: '[personal]', id: 7 },
    });
  });

  it('is the name of an error, which is nobody’s', () => {
    expect(masked({ name: 'TypeError', message: 'at a@b.example', stack: 'at …' })).toEqual({
      name: 'TypeError',
      message: 'at [email]',
      stack: 'at …',
    });
  });
});
