import { Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { Malformed } from '@scheduling/contracts';

/** An id in the path, in small letters, refused as malformed by its name unless it is a UUID. */
export const UuidParam =
  (name: string): ParameterDecorator =>
  (controller, method, index) => {
    Param(
      name,
      { transform: (value: unknown) => String(value).toLowerCase() },
      new ParseUUIDPipe({ exceptionFactory: () => Malformed.field(name, `${name} must be a UUID`) }),
    )(controller, method, index);
    const handler = Object.getOwnPropertyDescriptor(controller, method!)!;
    ApiParam({ name, schema: { type: 'string', format: 'uuid' } })(controller, method!, handler);
  };
