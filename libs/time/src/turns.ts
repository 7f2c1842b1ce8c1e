/** Work that pauses every few milliseconds, and in the end answers. */
export type Turns<Answer> = Generator<undefined, Answer, undefined>;

/** Does the work in one piece. */
export function atOnce<Answer>(work: Turns<Answer>): Answer {
  for (;;) {
    const turn = work.next();
    if (turn.done) return turn.value;
  }
}

/** Does the work turn by turn, and lets whatever else waits for the event loop go in between. */
export async function inTurns<Answer>(work: Turns<Answer>): Promise<Answer> {
  for (;;) {
    const turn = work.next();
    if (turn.done) return turn.value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
