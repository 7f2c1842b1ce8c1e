/** What the story expected and did not get. */
export class StoryBroken extends Error {}

/** Says what is done now. */
export const step = (text) => console.log(`\n• ${text}`);

/** Shows an answer briefly. */
export const show = (text) => console.log(`    ${text}`);

/** Goes on only if what was promised is true; what came instead is told. */
export function check(isTrue, promise, instead) {
  if (!isTrue) throw new StoryBroken(`${promise}; instead: ${JSON.stringify(instead)?.slice(0, 1500)}`);
  console.log(`    ✓ ${promise}`);
}

/** Checks an answer's status, and hands on its body. */
export function expect(answer, status, promise) {
  check(answer.status === status, `${promise} (${status})`, answer);
  return answer.body;
}
