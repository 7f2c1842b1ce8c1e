import { AsyncLocalStorage } from 'node:async_hooks';

/** On whose behalf something is done, and by what: the trail's who, where and why. It decides nothing. */
export interface Acting {
  /** The person whose token was verified; null on a public route, and for what the system does of itself. */
  personId: string | null;
  /** The roles of the token; `system` or `public` where there is none. */
  roles: readonly string[];
  /** The request's id; null outside a request. */
  readonly requestId: string | null;
  /** The addresses that the request came over, the last being the one that this process saw itself; null outside a request. */
  readonly address: string | null;
  /** What set it off: method and path template of a route, `event <id>` or `job <name>`; null where nothing is known. */
  readonly cause: string | null;
  /** The reason that a person gave in the body. */
  readonly why: string | null;
}

const SYSTEM: Acting = {
  personId: null,
  roles: ['system'],
  requestId: null,
  address: null,
  cause: null,
  why: null,
};

const current = new AsyncLocalStorage<Acting>();

/** Who is acting just now; the system, where no request is being answered. */
export const acting = (): Readonly<Acting> => current.getStore() ?? SYSTEM;

/** Does work on behalf of someone: all that it starts knows of it. */
export const actAs = <T>(who: Acting, work: () => T): T => current.run(who, work);

/** Does work as the system does it, because of an event or a job. */
export const actAsSystem = <T>(cause: string, work: () => T): T => current.run({ ...SYSTEM, cause }, work);

/** Names the person, once a token has been verified on the way; without a request there is nobody to name. */
export function actingIs(personId: string, roles: readonly string[]): void {
  const who = current.getStore();
  if (who) Object.assign(who, { personId, roles });
}
