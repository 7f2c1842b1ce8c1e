import { DEEDS } from './deeds.mjs';

/**
 * Routes of which the trails of the tests do not have what `DEEDS` promises; each line says what one database had, as libs/testing
 * writes it.
 */
export function unseen(lines) {
  const seen = new Set(
    lines.flatMap((line) => JSON.parse(line)).map(({ cause, action }) => `${routeOf(cause)} ${action}`),
  );
  return Object.entries(DEEDS)
    .filter(([route, actions]) => actions && !actions.some((action) => seen.has(`${route} ${action}`)))
    .map(([route, actions]) => `${route} has not been seen to write ${actions.join(' or ')}`);
}

/** `POST /api/v1/a/:b` in Nest's words is `POST /a/{b}` in those of the API's description. */
const routeOf = (cause) => cause.replace('/api/v1', '').replaceAll(/:(\w+)/g, '{$1}');
