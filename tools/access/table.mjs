// The table of access: route × role × whose thing -> the answer, from what docs/openapi.json says of each route.
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** The roles that a token may name. */
export const ROLES = ['student', 'tutor', 'admin', 'service'];

/** Every operation of the document: its method, path, roles (null: any), whether it is public, and whose things it is about. */
export function operationsOf(document) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({
      method: method.toUpperCase(),
      path,
      id: item[method].operationId,
      roles: item[method]['x-roles'] ?? null,
      isPublic: item[method]['x-public'] === true,
      owned: item[method]['x-owned'],
    })),
  );
}

/** The cells of an operation: each role (null: no token) with each kind of thing, and what is to be answered: `yes`, 401, 403, 404 or 409. */
export function cellsOf(operation) {
  return [null, ...ROLES].flatMap((role) =>
    thingsOf(operation).map((thing) => ({ role, thing, expected: expected(operation, role, thing) })),
  );
}

/** Whose things can be asked for: the caller's own, and where a route names one by its id, someone else's and nobody's. */
function thingsOf({ isPublic, owned }) {
  if (isPublic || !owned) return ['own'];
  const { foreign, unknown = foreign && 404 } = owned;
  return ['own', ...(foreign ? ['foreign'] : []), ...(unknown ? ['unknown'] : [])];
}

function expected({ isPublic, roles, owned }, role, thing) {
  if (isPublic) return 'yes';
  if (role === null) return '401';
  if (roles && !roles.includes(role)) return '403';
  if (thing === 'own' || owned.over?.includes(role)) return 'yes';
  const { foreign, unknown = 404 } = owned;
  return String(thing === 'foreign' ? foreign : unknown);
}
