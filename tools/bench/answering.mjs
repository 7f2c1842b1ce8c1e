/** Makes this process answer the bench that started it: a function for each thing that it may ask. */
export function answering(ready, does) {
  const answer = async ({ id, what, value }) => {
    try {
      process.send({ id, answer: await does[what](value) });
    } catch (error) {
      process.send({ id, error: error.stack });
    }
  };
  process.on('message', (asked) => void answer(asked));
  process.on('disconnect', () => process.exit());
  process.on('SIGTERM', () => process.exit());
  process.send({ id: 'ready', answer: ready });
}
