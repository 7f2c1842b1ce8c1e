import { newId, type PersonId } from '@scheduling/domain';
import type { User } from './users.entity.ts';
import { UnknownTimezone } from '@scheduling/time';
import { change, type Changes } from './users.policy.ts';

const THEN = new Date('2026-11-01T00:00:00Z');
const NOW = new Date('2026-11-22T00:00:00Z');
const USER: User = {
  id: newId<PersonId>(),
  issuer: 'https://issuer.example',
  subject: 'x',
  email: 'ann@example.org',
  name: 'Ann',
  phone: null,
  roles: ['student', 'tutor'],
  timezone: 'Europe/Kyiv',
  locale: 'uk',
  version: 4,
  createdAt: THEN,
  updatedAt: THEN,
  erasedAt: null,
};

describe('a change of a person', () => {
  it.each<[string, Changes]>([
    ['nothing is said', {}],
    ['nothing is said of a field', { name: undefined }],
    ['the same is said', { name: 'Ann', phone: null }],
    ['the same roles are said in another order', { roles: ['tutor', 'student'] }],
  ])('is none when %s', (_when, changes) => {
    expect(change(USER, changes, NOW)).toBeNull();
  });

  it.each<[string, Changes]>([
    ['a name', { name: 'Anna' }],
    ['a phone number', { phone: '+380441234567' }],
    ['an address taken away', { email: null }],
    ['a role less', { roles: ['student'] }],
    ['a timezone', { timezone: 'UTC' }],
  ])('gives %s a version and an instant, and leaves the rest', (_what, changes) => {
    expect(change(USER, changes, NOW)).toEqual({ ...USER, ...changes, version: 5, updatedAt: NOW });
  });

  it('refuses a timezone that does not exist', () => {
    expect(() => change(USER, { timezone: 'Mars/Base' }, NOW)).toThrow(UnknownTimezone);
  });
});
