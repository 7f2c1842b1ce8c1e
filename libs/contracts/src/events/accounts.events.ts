import { Personal, type PersonId, type Role, ROLES } from '@scheduling/domain';
import { Count, Email, Maybe, Nullable, SomeOf, Text, Uuid } from '../fields.ts';
import { EventType, SchedulingEvent } from './event.ts';

/** A person is new or has changed; the only event with personal data, and the whole of it. */
@EventType<UserChanged>({
  type: 'scheduling.accounts.UserChanged.v1',
  key: (event) => event.user_id,
  examples: [
    {
      user_id: 'b1f7a3c2-52a5-4c8b-9b0e-0f6d6f4f8a01',
      version: 3,
      email: 'olena@example.org',
      name: 'Olena',
      phone: '+380441234567',
      roles: ['tutor'],
      timezone: 'Europe/Kyiv',
      locale: 'uk',
    },
  ],
})
export class UserChanged extends SchedulingEvent {
  /** Who it is. */
  @Uuid() readonly user_id!: PersonId;
  /** Grows with each change of this person. */
  @Count(1, Number.MAX_SAFE_INTEGER) readonly version!: number;
  /** Null while the token that named the person carried no address. */
  @Personal() @Nullable() @Email() readonly email!: string | null;
  /** How the person wants to be called; may be empty. */
  @Personal() @Text(0, 200) readonly name!: string;
  /** E.164, with a plus. */
  @Personal() @Maybe() @Text(0, 20) readonly phone?: string;
  /** What the person may be. */
  @SomeOf(ROLES) readonly roles!: Role[];
  /** IANA zone. */
  @Text(1, 64) readonly timezone!: string;
  /** BCP 47 language tag. */
  @Text(2, 35) readonly locale!: string;
}
