import { ROLES } from '@scheduling/domain';
import { knownZone } from '@scheduling/time';
import type { User } from './users.entity.ts';

/** What people, admins and tokens may say of a person. */
export type Profile = Pick<User, 'email' | 'name' | 'phone' | 'roles' | 'timezone' | 'locale'>;

/** Some of a profile; what is absent or undefined stays as it is. */
export type Changes = { readonly [Field in keyof Profile]?: Profile[Field] | undefined };

/** Brings a profile into the one form that it is kept in; refuses a timezone that does not exist. */
export function settled(profile: Profile): Profile {
  knownZone(profile.timezone);
  return { ...profile, roles: ROLES.filter((role) => profile.roles.includes(role)) };
}

/** The person after the changes; null where nothing differs, so that nobody is told. */
export function change(user: User, changes: Changes, now: Date): User | null {
  const { email, name, phone, roles, timezone, locale } = { ...user, ...given(changes) };
  const wanted = settled({ email, name, phone, roles, timezone, locale });
  const differs = Object.entries(wanted).some(([field, value]) => String(value) !== String(user[field as keyof User]));
  return differs ? { ...user, ...wanted, version: user.version + 1, updatedAt: now } : null;
}

const given = (changes: Changes): Partial<Profile> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
