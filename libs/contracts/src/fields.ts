import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  isEmail,
  IsIn,
  IsInt,
  IsISO8601,
  IsObject,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';

// One word per kind of field: it validates the value and describes it in the OpenAPI and event documents.

const INSTANT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,3})?Z$/;

/** A UUID, in the small letters that the database writes: one person has one id, whoever writes it. */
export const Uuid = () =>
  applyDecorators(
    Transform(({ value }) => (typeof value === 'string' ? value.toLowerCase() : value)),
    IsUUID(),
    ApiProperty({ type: String, format: 'uuid' }),
  );

/** An instant: ISO 8601 in UTC, closed by Z. */
export const Instant = () =>
  applyDecorators(
    Matches(INSTANT, { message: '$property must be an instant such as 2026-12-01T16:00:00Z' }),
    JSONSchema({ type: 'string', format: 'date-time', pattern: INSTANT.source }),
    ApiProperty({ type: String, format: 'date-time' }),
  );

/** A list of instants, at most `maxItems` of them. */
export const Instants = (maxItems: number) =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(maxItems),
    Matches(INSTANT, { each: true, message: 'each of $property must be an instant such as 2026-12-01T16:00:00Z' }),
    JSONSchema({ type: 'array', maxItems, items: { type: 'string', format: 'date-time', pattern: INSTANT.source } }),
    ApiProperty({ type: String, format: 'date-time', isArray: true, maxItems }),
  );

/** An RFC 3339 date-time; seconds may be left out, Z or an offset may not. */
const MOMENT = /^(19[7-9]\d|20\d\d)-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
const MOMENT_HOW = 'must be an instant of 1970 to 2099 with Z or an offset, such as 2026-12-01T16:00:00+02:00';

/** An instant as people send it: RFC 3339 with Z or any offset, between 1970 and 2099. */
export const Moment = () =>
  applyDecorators(
    Matches(MOMENT, { message: `$property ${MOMENT_HOW}` }),
    IsISO8601({ strict: true }, { message: `$property ${MOMENT_HOW}` }),
    ApiProperty({ type: String, format: 'date-time' }),
  );

/** The end of a range as people send it, which is not in it: a moment, or the first instant of 2100. */
export const MomentEnd = () =>
  applyDecorators(
    Transform(({ value }) => (/^2100-01-01T00:00(:00(\.0+)?)?(Z|[+-]00:00)$/.test(String(value)) ? END : value)),
    ValidateIf((_object, value) => value !== END),
    Moment(),
  );
const END = '2100-01-01T00:00:00Z';

/** `2026-12-01`, or an instant with its offset. */
const DAY_OR_MOMENT = /^(19[7-9]\d|20\d\d)-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;
const DAY_OR_MOMENT_HOW = { message: '$property must be a day, or an instant with Z or an offset, of 1970 to 2099' };

/** One end of a range as people send it: a local day, or an instant with Z or any offset, between 1970 and 2099. */
export const DayOrMoment = () =>
  applyDecorators(
    Matches(DAY_OR_MOMENT, DAY_OR_MOMENT_HOW),
    IsISO8601({ strict: true }, DAY_OR_MOMENT_HOW),
    ApiProperty({ type: String, example: '2026-12-01' }),
  );

/** A list of instants as people send them, at most `maxItems` of them. */
export const Moments = (maxItems: number) =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(maxItems),
    Matches(MOMENT, { each: true, message: `each of $property ${MOMENT_HOW}` }),
    IsISO8601({ strict: true }, { each: true, message: `each of $property ${MOMENT_HOW}` }),
    ApiProperty({ type: String, format: 'date-time', isArray: true, maxItems }),
  );

/** A whole number between two bounds, both included. */
export const Count = (minimum: number, maximum: number) =>
  applyDecorators(IsInt(), Min(minimum), Max(maximum), ApiProperty({ type: 'integer', minimum, maximum }));

/** A yes or no. */
export const Flag = () => applyDecorators(IsBoolean(), ApiProperty({ type: Boolean }));

/** A text within two lengths, without control characters: it may stand in the header of a mail. */
export const Text = (minLength: number, maxLength: number) =>
  applyDecorators(
    IsString(),
    MinLength(minLength),
    MaxLength(maxLength),
    Matches(/^[^\p{Cc}\p{Cs}]*$/u, { message: '$property must not contain control characters' }),
    ApiProperty({ type: String, minLength, maxLength }),
  );

/** The text of a recurrence rule, any at all: what reads it says what is wrong with it, and where. */
export const RuleText = () =>
  applyDecorators(
    IsString(),
    ApiProperty({ type: String, maxLength: 500, example: 'FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=16,17,18' }),
  );

/** An e-mail address. Half an emoji is asked about first: the validator throws at it. */
export const Email = () =>
  applyDecorators(
    ValidateBy({
      name: 'isEmail',
      validator: {
        validate: (value) => typeof value === 'string' && value.isWellFormed() && isEmail(value),
        defaultMessage: () => '$property must be an email',
      },
    }),
    JSONSchema({ type: 'string', format: 'email', maxLength: 254 }),
    MaxLength(254),
    ApiProperty({ type: String, format: 'email', maxLength: 254 }),
  );

/** A currency: three capitals of ISO 4217. */
export const Currency = () =>
  applyDecorators(
    Matches(/^[A-Z]{3}$/, { message: '$property must be three capitals such as USD' }),
    ApiProperty({ type: String, pattern: '^[A-Z]{3}$', example: 'USD' }),
  );

/** One word of a closed list. */
export const OneOf = <Word extends string>(words: readonly Word[]) =>
  applyDecorators(IsIn(words), ApiProperty({ type: String, enum: [...words] }));

/** A word of an open list: a reader meets words that it does not know yet. */
export const OpenWord = () => applyDecorators(IsString(), MaxLength(60), ApiProperty({ type: String, maxLength: 60 }));

/** Several words of a closed list. */
export const SomeOf = <Word extends string>(words: readonly Word[]) =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(words.length),
    IsIn(words, { each: true }),
    ApiProperty({ type: String, enum: [...words], isArray: true }),
  );

// Swagger takes a function for a class that is known later only if it is called `type`: hence one of that name around the given one.

/** A nested object. */
export const Part = (shape: () => new () => object) =>
  applyDecorators(IsDefined(), IsObject(), ValidateNested(), Type(shape), ApiProperty({ type: () => shape() }));

/** A list of nested objects, at most `maxItems` of them. */
export const ListOf = (shape: () => new () => object, maxItems: number) =>
  applyDecorators(
    IsArray(),
    ArrayMaxSize(maxItems),
    ValidateNested({ each: true }),
    Type(shape),
    ApiProperty({ type: () => shape(), isArray: true, maxItems }),
  );

/** Absent or right; null is refused. It stands above the field's own word. */
export const Maybe = () =>
  applyDecorators(
    ValidateIf((_object, value) => value !== undefined),
    ApiProperty({ required: false }),
  );

/** Null or right, and always there. It stands above the field's own word. */
export const Nullable = () =>
  applyDecorators(
    ValidateIf((_object, value) => value !== null),
    JSONSchema({ nullable: true }),
    ApiProperty({ nullable: true }),
  );

/** Describes a field further in the documents, for instance by an example. */
export const Described = (options: ApiPropertyOptions) => ApiProperty(options);
