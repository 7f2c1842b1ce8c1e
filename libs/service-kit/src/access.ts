import { ApiExtension } from '@nestjs/swagger';
import type { Role } from '@scheduling/domain';

/** Whose things a route is about: the caller's, those of a lesson's two sides, those of the tutor who teaches, or nobody's in particular. */
export type Owner = 'caller' | 'party' | 'tutor' | 'house';

/** What those meet who ask for what is not theirs. */
export interface Strangers {
  /** The answer to an id of what is someone else's; 409 where the id names what all share, and the caller has no part in it. Absent where the route takes no such id. */
  readonly foreign?: 403 | 404 | 409;
  /** The answer to an id that names nothing; 404 where only `foreign` is given. */
  readonly unknown?: 403 | 404 | 409;
  /** The roles that meet everybody's things as their own. */
  readonly over?: readonly Role[];
}

/** Says whose things a route is about; docs/access.md shows it, and `tools/access` asks each route whether it is so. */
export const Owned = (by: Owner, strangers: Strangers = {}) => ApiExtension('x-owned', { by, ...strangers });
