// The ETag of each answer that has a version (`@Versioned`), in the description of the API.
const ETAG = { description: 'The version, for If-Match.', schema: { type: 'string', example: '"v3"' } };

/** Writes the header into a document. */
export function addETags(document) {
  for (const { 'x-versioned': isVersioned, responses } of Object.values(document.paths).flatMap(Object.values)) {
    if (!isVersioned) continue;
    for (const [status, answer] of Object.entries(responses)) {
      if (status.startsWith('2')) answer.headers = { ...answer.headers, ETag: ETAG };
    }
  }
}
