import { Param, ParseUUIDPipe } from '@nestjs/common';
import { Malformed } from '@scheduling/contracts';

/** An id in the path, in small letters, refused as malformed by its name unless it is a UUID. */
export const UuidParam = (name: string): ParameterDecorator =>
  Param(
    name,
    { transform: (value: unknown) => String(value).toLowerCase() },
    new ParseUUIDPipe({ exceptionFactory: () => Malformed.field(name, `${name} must be a UUID`) }),
  );
