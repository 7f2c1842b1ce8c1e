// oxlint-disable-next-line node/no-process-env -- the same tests are a proof of another size where `npm run prove` says so
const { env } = process;

/** A size that `npm run prove` may have set, or the small one that tests are run with. */
export const sizeOf = (name: string, small: number): number => Number(env[name] ?? small);
