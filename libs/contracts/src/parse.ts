import { SchedulingError } from '@scheduling/domain';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';

export class Malformed extends SchedulingError {
  readonly kind = 'malformed';
  readonly code = 'malformed_request';

  constructor(errors: ValidationError[]) {
    const fields = Object.fromEntries(errors.flatMap((error) => complaints(error)));
    super('Some fields are missing or malformed.', { fields });
  }

  /** One field that is wrong, for a check outside the classes. */
  static field(property: string, problem: string): Malformed {
    return new Malformed([{ property, constraints: { problem } }]);
  }
}

/** Makes untyped data a validated instance, less what the class does not declare; names every bad field at once. */
export function parse<T extends object>(shape: new () => T, data: unknown): T {
  const instance = plainToInstance(shape, isRecord(data) ? data : {});
  const errors = validateSync(instance, { whitelist: true });
  if (errors.length > 0) throw new Malformed(errors);
  return instance;
}

/** Paths such as `slots.0.start_at` with what is wrong there; never the value, which may be a secret. */
function complaints(error: ValidationError, parent = ''): [path: string, problems: string[]][] {
  const path = `${parent}${error.property}`;
  const own = Object.values(error.constraints ?? {});
  const nested = (error.children ?? []).flatMap((child) => complaints(child, `${path}.`));
  return own.length > 0 ? [[path, own], ...nested] : nested;
}

const isRecord = (data: unknown): data is object => typeof data === 'object' && data !== null && !Array.isArray(data);
