import { applyDecorators } from '@nestjs/common';
import { Count, Described, Email, ListOf, Maybe, Nullable, SomeOf, Text, Uuid } from '@scheduling/contracts';
import { type PersonId, type Role, ROLES } from '@scheduling/domain';
import { Type } from 'class-transformer';
import { Matches, ValidateBy } from 'class-validator';
import { isLocale } from './claims.dto.ts';
import type { User } from './users.entity.ts';

const Phone = () =>
  applyDecorators(
    Matches(/^\+[1-9]\d{6,14}$/, { message: '$property must be a number of E.164 such as +380441234567' }),
    Described({ type: String, pattern: '^\\+[1-9]\\d{6,14}$', example: '+380441234567' }),
  );

/** A BCP 47 language tag. */
const Locale = () =>
  applyDecorators(
    Text(2, 35),
    ValidateBy({
      name: 'isLocale',
      validator: {
        validate: isLocale,
        defaultMessage: () => '$property must be a language tag such as en or pt-BR',
      },
    }),
  );

export class ChangeMe {
  /** How others see one. */
  @Maybe() @Text(1, 200) readonly name?: string;
  /** E.164, with a plus; null forgets it. */
  @Maybe() @Nullable() @Phone() readonly phone?: string | null;
  /** IANA zone. */
  @Maybe() @Text(1, 64) readonly timezone?: string;
  /** BCP 47 language tag. */
  @Maybe() @Locale() readonly locale?: string;
}

export class PutUser {
  /** Nobody else of the issuer has it. */
  @Email() readonly email!: string;
  /** How others see them. */
  @Text(1, 200) readonly name!: string;
  /** What they may be; a token of an outside issuer decides for itself. */
  @SomeOf(ROLES) readonly roles!: Role[];
  /** IANA zone. */
  @Text(1, 64) readonly timezone!: string;
  /** BCP 47 language tag. */
  @Locale() readonly locale!: string;
  /** E.164, with a plus; absent or null, there is none. */
  @Maybe() @Nullable() @Phone() readonly phone?: string | null;
}

export class UserView {
  /** The person, in every service. */
  @Uuid() readonly user_id!: PersonId;
  /** Null while no token and no admin has said it. */
  @Nullable() @Email() readonly email!: string | null;
  /** Empty while nobody has said it. */
  @Text(0, 200) readonly name!: string;
  /** E.164, with a plus. */
  @Nullable() @Phone() readonly phone!: string | null;
  /** What the person may be. */
  @SomeOf(ROLES) readonly roles!: Role[];
  /** IANA zone. */
  @Text(1, 64) readonly timezone!: string;
  /** BCP 47 language tag. */
  @Locale() readonly locale!: string;
  /** Grows with each change. */
  @Count(1, Number.MAX_SAFE_INTEGER) readonly version!: number;

  /** Shows a person to themselves and to admins. */
  static of({ id, email, name, phone, roles, timezone, locale, version }: User): UserView {
    return { user_id: id, email, name, phone, roles, timezone, locale, version };
  }
}

export class ListTutors {
  /** At most so many tutors. */
  @Maybe() @Type(() => Number) @Count(1, 100) readonly limit: number = 100;
  /** Where the page before ended: its `next_cursor`. */
  @Maybe() @Uuid() readonly cursor?: PersonId;
}

/** What everyone signed in may know of a tutor. */
export class TutorView {
  /** The tutor, in every service. */
  @Uuid() readonly user_id!: PersonId;
  /** Empty while nobody has said it. */
  @Text(0, 200) readonly name!: string;
  /** IANA zone. */
  @Text(1, 64) readonly timezone!: string;

  /** Shows a tutor to anyone signed in. */
  static of({ id, name, timezone }: User): TutorView {
    return { user_id: id, name, timezone };
  }
}

export class TutorList {
  /** In the order of their ids. */
  @ListOf(() => TutorView, 100) readonly items!: TutorView[];
  /** What to ask the next page with; null on the last one. */
  @Nullable() @Uuid() readonly next_cursor!: PersonId | null;

  /** Shows a page of tutors; one more row than the limit tells that there is another page. */
  static of(found: readonly User[], limit: number): TutorList {
    const items = found.slice(0, limit).map(TutorView.of);
    return { items, next_cursor: found.length > limit ? items.at(-1)!.user_id : null };
  }
}
